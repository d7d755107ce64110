import { randomBytes } from 'node:crypto';
import type { SlackReply } from '../api/contract.ts';
import type { Blocks } from './block-ids.ts';
import { checkInputs } from './check-inputs.ts';
import {
  type Answer,
  type Content,
  type DeliveryOptions,
  deliver,
  formContent,
  jsonContent,
} from './delivery.ts';
import { appHomeOpened, urlVerification } from './event-payloads.ts';
import { exchange, type Follow, reply, shown } from './exchange.ts';
import { type Choice, findElement } from './find-element.ts';
import { InteractionError } from './interaction-error.ts';
import { messageClick, slashCommand, viewClick, viewSubmission } from './interaction-payloads.ts';
import { messageContent } from './methods/message-content.ts';
import { canOpenHome, type Person } from './people.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { Values } from './state-values.ts';
import { afterSubmit } from './submission.ts';
import type { Triggers } from './triggers.ts';
import type { View } from './views.ts';
import type { Message, Workspace } from './workspace.ts';

interface InteractionDependencies {
  workspace: Workspace;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  /** Where `response_url`s live, ending with a slash. */
  responseUrlBase: string;
  delivery: DeliveryOptions;
}

interface MessageClick extends Choice {
  user: string;
  channel: string;
  ts: string;
  /** What stands in the message's inputs, block id → action id. */
  values?: object;
}

interface ViewClick extends Choice {
  user: string;
  view_id: string;
}

/** What people do in Slack: each method answers with what Slack would show the person. */
export class Interactions {
  readonly #is: InteractionDependencies;

  constructor(dependencies: InteractionDependencies) {
    this.#is = dependencies;
  }

  /**
   * Clicks something in a message, a modal or on App Home, also what has just been taken away.
   *
   * @throws InteractionError when there is nothing like it to click
   */
  async click(click: MessageClick | ViewClick): Promise<SlackReply> {
    const person = this.#person(click.user);
    const payload = 'view_id' in click ? this.#viewClick(person, click) : this.#messageClick(person, click);
    return this.#deliver(person, formContent({ payload: JSON.stringify(payload) }));
  }

  /** Types a slash command into the channel. */
  async command({ user, ...typed }: { user: string; command: string; text: string }): Promise<SlackReply> {
    const person = this.#person(user);
    const form = slashCommand(this.#is.workspace, {
      ...{ person, ...typed },
      triggerId: this.#is.triggers.create(person.id),
      responseUrl: this.#responseUrl(person, null),
    });
    return this.#deliver(person, formContent(form), (answer) => this.#showCommandAnswer(person, answer));
  }

  /**
   * Submits a modal; the one below it shows when it closes.
   *
   * @param values block id → action id → what the input holds
   * @throws InteractionError when it is not open for this person, or holds a text that is too short or too long
   */
  async submit({ user, view_id, values }: { user: string; view_id: string; values: object }) {
    const { workspace, triggers } = this.#is;
    const person = this.#person(user);
    const view = this.#openModal(person, view_id);
    const errors = checkInputs(view.view.blocks as Blocks, values as Values);
    if (errors !== null) return reply({ errors });
    const triggerId = triggers.create(person.id, view.id);
    const payload = viewSubmission(workspace, { person, view, values, triggerId });
    const seen = await this.#deliver(person, formContent({ payload: JSON.stringify(payload) }), ({ body }) =>
      afterSubmit(workspace.views, view, body),
    );
    const closed = workspace.views.get(view.id) === undefined;
    return closed ? { ...seen, view: seen.view ?? shown(workspace.views.top(view.rootId)) } : seen;
  }

  /** Closes a modal without submitting it; the one below it shows then. @throws InteractionError when it is not open */
  close({ user, view_id }: { user: string; view_id: string }): SlackReply {
    const { views } = this.#is.workspace;
    const view = this.#openModal(this.#person(user), view_id);
    views.close(view);
    return reply({ ok: true, view: shown(views.top(view.rootId)) });
  }

  /** Opens the app's home. @throws InteractionError for those whom Slack shows none */
  async openHome({ user }: { user: string }): Promise<SlackReply> {
    const { workspace } = this.#is;
    const person = this.#person(user);
    if (!canOpenHome(person)) throw new InteractionError(`${person.name} cannot open the app’s home.`);
    const seen = await this.#deliver(person, jsonContent(appHomeOpened(workspace, person)));
    return { ...seen, view: shown(workspace.views.homeOf(person.id)) };
  }

  /** Asks the app to prove that it answers at its address. @returns whether its answer holds the challenge */
  async verifyUrl(): Promise<Answer & { verified: boolean }> {
    const challenge = randomBytes(26).toString('hex');
    const answer = await deliver(jsonContent(urlVerification(challenge)), this.#is.delivery);
    const { challenge: returned = answer.body.text } = answer.body;
    return { ...answer, verified: answer.warning === null && returned === challenge };
  }

  #messageClick(person: Person, { channel, ts, values = {}, ...choice }: MessageClick): object {
    const { workspace, triggers } = this.#is;
    const message = workspace.message(channel, ts);
    if (message === undefined || !workspace.isSeenBy(message, person)) {
      throw new InteractionError(`There is no message ${ts} in ${channel}.`);
    }
    // Slack's client lets nobody type too much; what is left blank in a message is sent all the same.
    checkInputs(message.blocks, values as Values);
    return messageClick(workspace, {
      values: values as Values,
      ...{ person, message, clicked: findElement(workspace.blocksOnScreens(message), choice) },
      triggerId: triggers.create(person.id),
      responseUrl: this.#responseUrl(person, message),
    });
  }

  #viewClick(person: Person, { view_id, ...choice }: ViewClick): object {
    const { workspace, triggers } = this.#is;
    const home = workspace.views.homeOf(person.id);
    const view = home?.id === view_id ? home : this.#openModal(person, view_id);
    const clicked = findElement(workspace.blocksOnScreens(view), choice);
    return viewClick(workspace, { person, view, clicked, triggerId: triggers.create(person.id, view.id) });
  }

  /** A modal with another one above it can be seen, not used. */
  #openModal(person: Person, id: string): View {
    const { views } = this.#is.workspace;
    const view = views.modals().find((each) => each.id === id && each.user === person.id);
    if (view === undefined || views.top(view.rootId) !== view) {
      throw new InteractionError(`${person.name} has no open modal ${id}.`);
    }
    return view;
  }

  #deliver(person: Person, content: Content, follow?: Follow): Promise<SlackReply> {
    const { workspace, delivery } = this.#is;
    return exchange(person, content, { workspace, delivery, follow });
  }

  /** The body that answers a slash command is a message: for the person, unless it says otherwise. */
  #showCommandAnswer(person: Person, { body }: Answer): null {
    if (body.text === undefined && body.blocks === undefined) return null;
    const ephemeralFor = body.response_type === 'in_channel' ? null : person.id;
    this.#is.workspace.add({ ...messageContent(body), ephemeralFor });
    return null;
  }

  #person(id: string): Person {
    const person = this.#is.workspace.person(id);
    if (person === undefined)
      throw new InteractionError(`There is nobody with the id ${id} in this workspace.`);
    return person;
  }

  #responseUrl(person: Person, message: Message | null): string {
    return `${this.#is.responseUrlBase}${this.#is.responseUrls.create(person.id, message)}`;
  }
}
