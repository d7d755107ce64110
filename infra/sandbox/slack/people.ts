import type { PersonState, UserGroupState } from '../api/contract.ts';
import { OTHER_TEAM, PARTNER_TEAM, type Team } from './team.ts';

export interface Person extends PersonState {
  /** The handle. */
  handle: string;
  /** Where the account is; null for the sandbox's own workspace. */
  team: Team | null;
}

const IN_HER_NAME = 'approves, but not the changes made in her name';

/**
 * Who can be met in the sandbox, one of each kind and several approvers. Nobody makes changes under the names of the
 * first two, so they may decide every request; Margaret is also the IAM user `margaret.hamilton`, and Dana the
 * Identity Center user. Whatever the kind, their clicks can be sent: one may be on its way while somebody is
 * deactivated, and what may count is the bot's to judge.
 */
export const PEOPLE: readonly Person[] = [
  person('U0ADALOVE', 'Ada Lovelace', 'approves'),
  person('U0GRACEHO', 'Grace Hopper', 'approves'),
  person('U0MARGARE', 'Margaret Hamilton', IN_HER_NAME),
  { ...person('U0DANALEE', 'Dana Lee', IN_HER_NAME), handle: 'dana', email: 'dana@example.com' },
  {
    ...person('U0DEVONDE', 'Devon Developer', 'makes changes as the IAM user developer; does not approve'),
    ...{ handle: 'devon', email: 'devon@example.com' },
  },
  { ...person('U0GUESTGU', 'Gus Guest', 'a guest: may look, not decide'), kind: 'guest' },
  {
    ...person(
      'U0XENAEXT',
      'Xena External',
      'of a partner’s workspace, in the shared channel: may not decide',
    ),
    ...{ email: 'xena.external@partner.example', kind: 'external', team: PARTNER_TEAM },
  },
  { ...person('U0DEEPART', 'Dee Parted', 'has left: the account is deactivated'), kind: 'deactivated' },
  // Bots have no e-mail address.
  { ...person('U0BOTBOTX', 'Bo Bot', 'a bot: may not decide'), kind: 'bot', email: '' },
  {
    ...person('U0EVEELSE', 'Eve Elsewhere', 'of another workspace: is refused whatever she does'),
    ...{ email: 'eve@elsewhere.example', kind: 'other-workspace', team: OTHER_TEAM },
  },
];

/** For approver lists that name a group: one of approvers, and one with everybody who never counts. */
export const USER_GROUPS: readonly UserGroupState[] = [
  {
    ...{ id: 'S0SECURIT', handle: 'security' },
    members: ['U0ADALOVE', 'U0GRACEHO', 'U0MARGARE', 'U0DANALEE'],
  },
  {
    ...{ id: 'S0DEVELOP', handle: 'developers' },
    members: ['U0DEVONDE', 'U0GUESTGU', 'U0XENAEXT', 'U0DEEPART', 'U0BOTBOTX'],
  },
];

function person(id: string, name: string, role: string): Person {
  const handle = name.toLowerCase().replace(' ', '.');
  return { id, handle, name, email: `${handle}@example.com`, kind: 'member', team: null, role };
}

/** An app's home is for the members and guests of a workspace. */
export function hasHome({ kind }: Person): boolean {
  return kind === 'member' || kind === 'guest';
}

/** Somebody of another workspace opens it there, and Slack tells the app from there. */
export function canOpenHome(person: Person): boolean {
  return hasHome(person) || person.kind === 'other-workspace';
}
