import { VERIFICATION_TOKEN } from './interaction-payloads.ts';
import { wireView } from './methods/views.ts';
import type { Person } from './people.ts';
import { slackId } from './slack-id.ts';
import { APP, type Workspace } from './workspace.ts';

/**
 * The `app_home_opened` event in its envelope (docs.slack.dev, "Events API" and "app_home_opened"); with the view
 * that was published before, if one was.
 */
export function appHomeOpened(workspace: Workspace, person: Person): object {
  const team = workspace.teamActedIn(person).id;
  const home = workspace.views.homeOf(person.id);
  const now = Date.now();
  return {
    ...{ token: VERIFICATION_TOKEN, team_id: team, api_app_id: APP.id, type: 'event_callback' },
    event: {
      ...{ type: 'app_home_opened', user: person.id, channel: workspace.directMessages.open(person) },
      ...{ tab: 'home', event_ts: `${Math.floor(now / 1000)}.${String(now % 1000).padStart(3, '0')}000` },
      ...(home === undefined ? {} : { view: wireView(workspace, home) }),
    },
    ...{ event_id: slackId('Ev'), event_time: Math.floor(now / 1000) },
    authorizations: [
      {
        enterprise_id: null,
        team_id: team,
        user_id: APP.botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}

/** What Slack sends once, to see that whoever answers at an address is the app (docs.slack.dev, "url_verification"). */
export function urlVerification(challenge: string): object {
  return { token: VERIFICATION_TOKEN, challenge, type: 'url_verification' };
}
