import type { Requester } from '../../workflow/events/change.ts';
import { arnsOf, covers, isVouchedFor } from '../../workflow/events/requester-arns.ts';
import type { RequesterMatch } from '../../workflow/ledger/request.ts';
import type { RequesterEntry } from './requester-table.ts';

/** How a requester is found in Slack. */
export interface RequesterRules {
  table: readonly RequesterEntry[];
  /** What follows the `@` after an IAM user's name. */
  emailDomain: string | undefined;
  /** ARN patterns of roles whose session names an identity provider sets. */
  federatedRoles: readonly string[];
  teamId: string;
}

/** How certain a trace is: `claim` rests on a name that the caller chose. */
type Ground = Extract<RequesterMatch, { status: 'matched' }>['by'] | 'claim';

/** Where a requester leads to in Slack, before Slack has been asked. */
export type Trace =
  | { to: 'nobody'; why: string }
  | { to: 'user'; slackUserId: string; ground: Ground }
  | { to: 'email'; addresses: readonly string[]; ground: Ground };

/**
 * Whom to look up for a requester. The table comes first, then an e-mail address that the caller could not choose,
 * then the name of an IAM user. Pure.
 */
export function traceRequester(requester: Requester, rules: RequesterRules): Trace {
  return traceByTable(requester, rules) ?? traceByName(requester, rules);
}

function traceByTable(requester: Requester, rules: RequesterRules): Trace | undefined {
  const { certain, chosen } = arnsOf(requester, rules.federatedRoles);
  for (const [arns, ground] of [[certain, 'table'] as const, [chosen, 'claim'] as const]) {
    const users = new Set(
      rules.table.filter(({ pattern }) => covers(pattern, arns)).map(({ slackUserId }) => slackUserId),
    );
    if (users.size > 1)
      return { to: 'nobody', why: 'The table of requesters leads to more than one Slack user' };
    for (const slackUserId of users) return { to: 'user', slackUserId, ground };
  }
  return undefined;
}

function traceByName(requester: Requester, rules: RequesterRules): Trace {
  if (requester.type === 'Root') return { to: 'nobody', why: 'Root of the account is nobody in Slack' };
  if (requester.type === 'IAMUser' && rules.emailDomain !== undefined) {
    return traceUserName(requester.names[0] ?? '', rules.emailDomain);
  }
  const addresses = [...new Set(requester.names.map((name) => name.toLowerCase()).filter(isAddress))];
  if (addresses.length === 0) return { to: 'nobody', why: noAddress(requester) };
  return {
    to: 'email',
    addresses,
    ground: isVouchedFor(requester, rules.federatedRoles) ? 'email' : 'claim',
  };
}

/** An IAM user may be called by the whole address; one of another domain is nobody's. */
function traceUserName(userName: string, emailDomain: string): Trace {
  const address = (userName.includes('@') ? userName : `${userName}@${emailDomain}`).toLowerCase();
  if (isAddress(address) && address.endsWith(`@${emailDomain.toLowerCase()}`)) {
    return { to: 'email', addresses: [address], ground: 'user-name' };
  }
  return { to: 'nobody', why: `The user name ${userName} makes no address of ${emailDomain}` };
}

function isAddress(text: string): boolean {
  return /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(text);
}

function noAddress({ type, names }: Requester): string {
  const name = names[0];
  if (name === undefined) return 'The event does not name the caller';
  return `The ${type === 'AssumedRole' ? 'session' : 'user'} name ${name} is no e-mail address`;
}
