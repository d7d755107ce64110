import type { Blocks } from './block-ids.ts';
import type { Clicked } from './find-element.ts';
import { wireMessage } from './methods/chat.ts';
import { wireView } from './methods/views.ts';
import type { Person } from './people.ts';
import { stateValues, type Values } from './state-values.ts';
import type { View } from './views.ts';
import { APP, type Message, type Workspace } from './workspace.ts';

/** The deprecated verification token that every payload still carries. */
export const VERIFICATION_TOKEN = 'sandbox-verification-token';

interface Click {
  person: Person;
  clicked: Clicked;
  triggerId: string;
}

/** `block_actions` of a message, as Slack sends it (docs.slack.dev, "block_actions payload"). */
export function messageClick(
  workspace: Workspace,
  {
    message,
    responseUrl,
    values,
    ...click
  }: Click & { message: Message; responseUrl: string; values: Values },
): object {
  const inChannel = message.channel === workspace.channel.id;
  return {
    ...blockActions(workspace, click),
    container: {
      ...{ type: 'message', message_ts: message.ts, channel_id: message.channel },
      is_ephemeral: message.ephemeralFor !== null,
    },
    channel: inChannel ? workspace.channel : { id: message.channel, name: 'directmessage' },
    message: wireMessage(workspace, message),
    state: { values: stateValues(message.blocks, values) },
    response_url: responseUrl,
  };
}

/** `block_actions` of a modal or of App Home: these have no channel, no message and no `response_url`. */
export function viewClick(workspace: Workspace, { view, ...click }: Click & { view: View }): object {
  const values = stateValues(view.view.blocks as Blocks);
  return {
    ...blockActions(workspace, click),
    container: { type: 'view', view_id: view.id },
    view: wireView(workspace, view, values),
  };
}

function blockActions(workspace: Workspace, { person, clicked, triggerId }: Click): object {
  const { blockId, element } = clicked;
  const now = Date.now();
  return {
    type: 'block_actions',
    ...common(workspace, person),
    trigger_id: triggerId,
    actions: [{ ...element, block_id: blockId, action_ts: `${Math.floor(now / 1000)}.${now % 1000}` }],
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
  const { id, domain } = workspace.teamActedIn(command.person);
  return {
    token: VERIFICATION_TOKEN,
    team_id: id,
    team_domain: domain,
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

function common(workspace: Workspace, person: Person): object {
  const { id, handle } = person;
  const team = workspace.teamActedIn(person);
  return {
    user: { id, username: handle, name: handle, team_id: workspace.teamOf(person).id },
    api_app_id: APP.id,
    token: VERIFICATION_TOKEN,
    team: { id: team.id, domain: team.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}
