import type { SlackReply } from '../api/contract.ts';
import { type Answer, type Content, type DeliveryOptions, deliver } from './delivery.ts';
import type { Person } from './people.ts';
import { SlackError } from './slack-error.ts';
import type { View } from './views.ts';
import type { Workspace } from './workspace.ts';

/** What Slack does with an answer in time. @returns errors to show next to the inputs of a modal */
export type Follow = (answer: Answer) => Record<string, string> | null;

interface ExchangeOptions {
  workspace: Workspace;
  delivery: DeliveryOptions;
  follow?: Follow | undefined;
}

/** Sends what somebody has done to the bot. @returns what they see that was not there before */
export async function exchange(
  person: Person,
  content: Content,
  { workspace, delivery, follow = () => null }: ExchangeOptions,
): Promise<SlackReply> {
  if (!workspace.up) return reply({ warning: 'Slack is down.' });
  const messagesBefore = new Set(workspace.messages);
  const viewsBefore = new Map(workspace.views.all().map(({ id, hash }) => [id, hash]));
  const answer = await deliver(content, delivery);
  const { errors, warning } = followed(answer, follow);
  const ephemeral = workspace.messages
    .filter((message) => message.ephemeralFor === person.id && !messagesBefore.has(message))
    .map(({ text, blocks }) => ({ text, blocks }));
  const changed = workspace.views
    .modals()
    .findLast(({ id, user, hash }) => user === person.id && viewsBefore.get(id) !== hash);
  return reply({
    ...{ ok: warning === null && errors === null, status: answer.status, warning },
    ...{ ephemeral, errors, view: shown(changed && workspace.views.top(changed.rootId)) },
  });
}

export function shown(view: View | undefined): SlackReply['view'] {
  return view === undefined ? null : { id: view.id, user: view.user, view: view.view };
}

export function reply(what: Partial<SlackReply>): SlackReply {
  return { ok: false, status: 0, warning: null, ephemeral: [], view: null, errors: null, ...what };
}

/** An answer that Slack does not take shows as a warning too. */
function followed(answer: Answer, follow: Follow): Pick<SlackReply, 'errors' | 'warning'> {
  try {
    return { errors: answer.warning === null ? follow(answer) : null, warning: answer.warning };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    return { errors: null, warning: `Slack does not take the app's answer: ${error.code}` };
  }
}
