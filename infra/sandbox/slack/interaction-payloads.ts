import { wireMessage } from './methods/chat.ts';
import { wireView } from './methods/views.ts';
import type { Person } from './people.ts';
import { APP, type Message, type View, type Workspace } from './workspace.ts';

/** The deprecated verification token that every payload still carries. */
const VERIFICATION_TOKEN = 'sandbox-verification-token';

export interface Click {
  person: Person;
  message: Message;
  /** The block's id and the element that was clicked. */
  blockId: string;
  element: Record<string, unknown>;
  triggerId: string;
  responseUrl: string;
}

/** `block_actions`, as Slack sends it (docs.slack.dev, "block_actions payload"). */
export function blockActions(workspace: Workspace, click: Click): object {
  const { message, element } = click;
  const now = Date.now();
  return {
    type: 'block_actions',
    ...common(workspace, click.person),
    container: {
      ...{ type: 'message', message_ts: message.ts, channel_id: message.channel },
      is_ephemeral: message.ephemeralFor !== null,
    },
    trigger_id: click.triggerId,
    channel: workspace.channel,
    message: wireMessage(workspace, message),
    state: { values: {} },
    response_url: click.responseUrl,
    actions: [{ ...element, block_id: click.blockId, action_ts: `${Math.floor(now / 1000)}.${now % 1000}` }],
  };
}

/** `view_submission`, as Slack sends it. @param values block id → action id → what the input holds */
export function viewSubmission(
  workspace: Workspace,
  { person, view, values, triggerId }: { person: Person; view: View; values: object; triggerId: string },
): object {
  return {
    type: 'view_submission',
    ...common(workspace, person),
    trigger_id: triggerId,
    view: wireView(workspace, view, values),
    response_urls: [],
  };
}

/** The form of a slash command. */
export function slashCommand(
  workspace: Workspace,
  command: { person: Person; command: string; text: string; triggerId: string; responseUrl: string },
): Record<string, string> {
  return {
    token: VERIFICATION_TOKEN,
    team_id: workspace.team.id,
    team_domain: workspace.team.domain,
    channel_id: workspace.channel.id,
    channel_name: workspace.channel.name,
    user_id: command.person.id,
    user_name: command.person.handle,
    command: command.command,
    text: command.text,
    api_app_id: APP.id,
    is_enterprise_install: 'false',
    response_url: command.responseUrl,
    trigger_id: command.triggerId,
  };
}

function common({ team }: Workspace, { id, handle }: Person): object {
  return {
    user: { id, username: handle, name: handle, team_id: team.id },
    api_app_id: APP.id,
    token: VERIFICATION_TOKEN,
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}
