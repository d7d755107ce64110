import type { SlackReply } from '../api/contract.ts';
import { type Answer, type DeliveryOptions, deliver } from './delivery.ts';
import { InteractionError } from './interaction-error.ts';
import { blockActions, slashCommand, viewSubmission } from './interaction-payloads.ts';
import { messageContent } from './methods/message-content.ts';
import { checkView } from './methods/views.ts';
import type { Person } from './people.ts';
import type { ResponseUrls } from './response-urls.ts';
import { SlackError } from './slack-error.ts';
import type { Triggers } from './triggers.ts';
import type { Blocks, View, Workspace } from './workspace.ts';

export interface InteractionDependencies {
  workspace: Workspace;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  /** Where `response_url`s live, ending with a slash. */
  responseUrlBase: string;
  delivery: DeliveryOptions;
}

/** What people do in Slack: each method answers with what Slack would show the person. */
export class Interactions {
  readonly #is: InteractionDependencies;

  constructor(dependencies: InteractionDependencies) {
    this.#is = dependencies;
  }

  /** Clicks a button, also one that has just been taken away. @throws InteractionError when there is nothing like it to click */
  async click(click: { user: string; channel: string; ts: string; action_id: string; block_id?: string }) {
    const { workspace, triggers, responseUrls } = this.#is;
    const person = this.#person(click.user);
    const message = workspace.message(click.channel, click.ts);
    const visible = message && (message.ephemeralFor ?? person.id) === person.id;
    if (!visible) throw new InteractionError(`There is no message ${click.ts} in ${click.channel}.`);
    const { blockId, element } = findElement(
      workspace.blocksOnScreens(message),
      click.action_id,
      click.block_id,
    );
    const payload = blockActions(workspace, {
      ...{ person, message, blockId, element },
      triggerId: triggers.create(person.id),
      responseUrl: this.#responseUrl(responseUrls.create(person.id, message)),
    });
    return this.#deliver(person, { payload: JSON.stringify(payload) });
  }

  /** Types a slash command into the channel. */
  async command({
    user,
    command,
    text,
  }: {
    user: string;
    command: string;
    text: string;
  }): Promise<SlackReply> {
    const { workspace, triggers, responseUrls } = this.#is;
    const person = this.#person(user);
    const form = slashCommand(workspace, {
      ...{ person, command, text },
      triggerId: triggers.create(person.id),
      responseUrl: this.#responseUrl(responseUrls.create(person.id, null)),
    });
    return this.#deliver(person, form, (answer) => this.#showCommandAnswer(person, answer));
  }

  /** Submits a modal. @param values block id → action id → what the input holds */
  async submit({
    user,
    view_id,
    values,
  }: {
    user: string;
    view_id: string;
    values: object;
  }): Promise<SlackReply> {
    const { workspace, triggers } = this.#is;
    const person = this.#person(user);
    const view = workspace.views.get(view_id);
    if (view === undefined || view.user !== person.id) {
      throw new InteractionError(`${person.name} has no open modal ${view_id}.`);
    }
    const triggerId = triggers.create(person.id);
    const payload = viewSubmission(workspace, { person, view, values, triggerId });
    return this.#deliver(person, { payload: JSON.stringify(payload) }, (answer) =>
      this.#afterSubmit(view, answer),
    );
  }

  /** @param follow what Slack does with an answer in time @returns errors to show next to the inputs */
  async #deliver(
    person: Person,
    form: Record<string, string>,
    follow: (answer: Answer) => Record<string, string> | null = () => null,
  ): Promise<SlackReply> {
    const { workspace } = this.#is;
    if (!workspace.up) return reply({ status: 0, warning: 'Slack is down.' });
    const messagesBefore = new Set(workspace.messages);
    const viewsBefore = new Map([...workspace.views].map(([id, view]) => [id, view.hash]));
    const answer = await deliver(form, this.#is.delivery);
    const { errors, warning } = this.#follow(answer, follow);
    const ephemeral = workspace.messages
      .filter((message) => message.ephemeralFor === person.id && !messagesBefore.has(message))
      .map(({ text, blocks }) => ({ text, blocks }));
    const view = [...workspace.views.values()].find(
      (each) => each.user === person.id && viewsBefore.get(each.id) !== each.hash,
    );
    return reply({
      ...{ ok: warning === null && errors === null, status: answer.status, warning },
      ...{ ephemeral, errors, view: view ? { id: view.id, user: view.user, view: view.view } : null },
    });
  }

  /** An answer that Slack does not take shows as a warning too. */
  #follow(answer: Answer, follow: (answer: Answer) => Record<string, string> | null) {
    try {
      return { errors: answer.warning === null ? follow(answer) : null, warning: answer.warning };
    } catch (error) {
      if (!(error instanceof SlackError)) throw error;
      return { errors: null, warning: `Slack does not take the app's answer: ${error.code}` };
    }
  }

  /** The body that answers a slash command is a message: for the person, unless it says otherwise. */
  #showCommandAnswer(person: Person, { body }: Answer): null {
    if (body.text === undefined && body.blocks === undefined) return null;
    const ephemeralFor = body.response_type === 'in_channel' ? null : person.id;
    this.#is.workspace.add({ ...messageContent(body), ephemeralFor });
    return null;
  }

  #afterSubmit(view: View, { body }: Answer): Record<string, string> | null {
    const { workspace } = this.#is;
    if (body.response_action === 'errors') return body.errors as Record<string, string>;
    if (body.response_action === 'update' || body.response_action === 'push') {
      checkView(body.view);
      workspace.updateView(view, body.view as Record<string, unknown>);
    } else {
      workspace.closeView(view);
    }
    return null;
  }

  #person(id: string): Person {
    const person = this.#is.workspace.person(id);
    if (person === undefined)
      throw new InteractionError(`There is nobody with the id ${id} in this workspace.`);
    return person;
  }

  #responseUrl(id: string): string {
    return `${this.#is.responseUrlBase}${id}`;
  }
}

function findElement(blocks: Blocks, actionId: string, wantedBlock?: string) {
  for (const block of blocks) {
    const elements = [...((block.elements ?? []) as Blocks), ...(block.accessory ? [block.accessory] : [])];
    const element = (elements as Blocks).find((each) => each.action_id === actionId);
    if (element && (wantedBlock === undefined || block.block_id === wantedBlock)) {
      const { style, confirm, ...sent } = element;
      return { blockId: String(block.block_id), element: style === undefined ? sent : { ...sent, style } };
    }
  }
  throw new InteractionError(`The message has no button ${actionId}, and never had.`);
}

function reply(shown: Partial<SlackReply>): SlackReply {
  return { ok: false, status: 0, warning: null, ephemeral: [], view: null, errors: null, ...shown };
}
