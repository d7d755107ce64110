import type { Person } from '../people.ts';
import { SlackError } from '../slack-error.ts';
import type { Workspace } from '../workspace.ts';
import { type Methods, text } from './method.ts';

export function peopleMethods(workspace: Workspace): Methods {
  return {
    'users.info': {
      scopes: ['users:read'],
      run({ arguments: args, installation }) {
        const person = workspace.person(text(args, 'user'));
        if (person === undefined) throw new SlackError('user_not_found');
        return { user: wireUser(workspace, person, installation.scopes.includes('users:read.email')) };
      },
    },
    'usergroups.users.list': {
      scopes: ['usergroups:read'],
      run({ arguments: args }) {
        const users = workspace.groupMembers(text(args, 'usergroup'));
        if (users === undefined) throw new SlackError('no_such_subteam');
        return { users };
      },
    },
  };
}

/** The e-mail address is only there for an app that may read it. */
function wireUser(workspace: Workspace, person: Person, withEmail: boolean): object {
  const { id, handle, name, email, guest } = person;
  return {
    ...{ id, team_id: workspace.team.id, name: handle, real_name: name, deleted: false },
    ...{ tz: 'Europe/London', tz_label: 'Greenwich Mean Time', tz_offset: 0, updated: 0 },
    ...{ is_admin: false, is_owner: false, is_primary_owner: false, is_bot: false, is_app_user: false },
    ...{ is_restricted: guest, is_ultra_restricted: false, is_email_confirmed: true },
    profile: {
      ...{ real_name: name, real_name_normalized: name, display_name: handle, team: workspace.team.id },
      ...(withEmail ? { email } : {}),
    },
  };
}
