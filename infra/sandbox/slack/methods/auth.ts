import type { Tokens } from '../tokens.ts';
import { APP, type Workspace } from '../workspace.ts';
import type { Methods } from './method.ts';

export function authMethods(workspace: Workspace, tokens: Tokens): Methods {
  return {
    'auth.test': {
      scopes: [],
      run: ({ installation: { team } }) => ({
        url: `https://${workspace.team.domain}.slack.com/`,
        ...{ team: team.name, team_id: team.id, user: APP.botName, user_id: APP.botUserId },
        ...{ bot_id: APP.botId, is_enterprise_install: false },
      }),
    },
    'auth.revoke': {
      scopes: [],
      run({ token }) {
        tokens.revoke(token);
        return { revoked: true };
      },
    },
  };
}
