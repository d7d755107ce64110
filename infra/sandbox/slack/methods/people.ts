import type { Person } from '../people.ts';
import { SlackError } from '../slack-error.ts';
import type { Workspace } from '../workspace.ts';
import { type Methods, text } from './method.ts';

export function peopleMethods(workspace: Workspace): Methods {
  return {
    'users.info': {
      scopes: ['users:read'],
      run({ arguments: args, installation }) {
        const person = workspace.visiblePerson(text(args, 'user'));
        if (person === undefined) throw new SlackError('user_not_found');
        return { user: wireUser(workspace, person, installation.scopes.includes('users:read.email')) };
      },
    },
    'users.lookupByEmail': {
      scopes: ['users:read.email'],
      run({ arguments: args }) {
        const person = withAddress(workspace, text(args, 'email'));
        if (person === undefined) throw new SlackError('users_not_found');
        return { user: wireUser(workspace, person, true) };
      },
    },
    'usergroups.users.list': {
      scopes: ['usergroups:read'],
      run({ arguments: args }) {
        const wanted = text(args, 'usergroup');
        const group = workspace.groups.find(({ id }) => id === wanted);
        if (group === undefined) throw new SlackError('no_such_subteam');
        return { users: [...group.members] };
      },
    },
  };
}

/** Guests and external members are found, deactivated people are not. */
function withAddress({ people }: Workspace, email: string): Person | undefined {
  return people.find(
    (person) =>
      person.email.toLowerCase() === email.toLowerCase() &&
      !['deactivated', 'other-workspace'].includes(person.kind),
  );
}

/** The e-mail address is only there for an app that may read it. */
function wireUser(workspace: Workspace, person: Person, withEmail: boolean): object {
  const { id, handle, name, email, kind } = person;
  const team = workspace.teamOf(person).id;
  return {
    ...{ id, team_id: team, name: handle, real_name: name, deleted: kind === 'deactivated' },
    ...{ tz: 'Europe/London', tz_label: 'Greenwich Mean Time', tz_offset: 0, updated: 0 },
    ...{
      is_admin: false,
      is_owner: false,
      is_primary_owner: false,
      is_bot: kind === 'bot',
      is_app_user: false,
    },
    ...{ is_restricted: kind === 'guest', is_ultra_restricted: false, is_email_confirmed: true },
    ...(kind === 'external' ? { is_stranger: true } : {}),
    profile: {
      ...{ real_name: name, real_name_normalized: name, display_name: handle, team },
      ...(withEmail && email !== '' ? { email } : {}),
    },
  };
}
