import { randomBytes } from 'node:crypto';
import { type Blocks, withBlockIds } from './block-ids.ts';
import { SlackError } from './slack-error.ts';
import { slackId } from './slack-id.ts';

type Content = Record<string, unknown>;

/** A modal, or what somebody has on their App Home. */
export interface View {
  id: string;
  user: string;
  hash: string;
  view: Content;
  /** The modal below; null for the first of a stack and for App Home. */
  previousId: string | null;
  /** The first modal of the stack, or the view itself. */
  rootId: string;
}

/** "After a modal is opened, the app is limited to pushing 2 additional views" (docs.slack.dev, views.push). */
const MAX_STACK = 3;

/** Stacks of open modals, and one home for each person. */
export class Views {
  readonly #views = new Map<string, View>();
  readonly #changed: () => void;
  readonly #beforeUpdate: (view: View) => void;

  constructor(changed: () => void, beforeUpdate: (view: View) => void) {
    this.#changed = changed;
    this.#beforeUpdate = beforeUpdate;
  }

  get(id: string): View | undefined {
    return this.#views.get(id);
  }

  all(): View[] {
    return [...this.#views.values()];
  }

  homes(): View[] {
    return this.all().filter(({ view }) => view.type === 'home');
  }

  modals(): View[] {
    return this.all().filter(({ view }) => view.type !== 'home');
  }

  homeOf(user: string): View | undefined {
    return this.homes().find((each) => each.user === user);
  }

  /** @returns undefined when no modal of the stack is open any more */
  top(rootId: string): View | undefined {
    return this.#stack(rootId).at(-1);
  }

  open(user: string, content: Content): View {
    return this.#add(user, content);
  }

  /** @throws SlackError push_limit_reached */
  push({ user, rootId }: View, content: Content): View {
    const stack = this.#stack(rootId);
    if (stack.length >= MAX_STACK) throw new SlackError('push_limit_reached');
    return this.#add(user, content, { previousId: stack.at(-1)?.id ?? null, rootId });
  }

  /** The id stays the same from the first time on. */
  publish(user: string, content: Content): View {
    const home = this.homeOf(user);
    if (home === undefined) return this.#add(user, content);
    this.update(home, content);
    return home;
  }

  update(view: View, content: Content): void {
    this.#beforeUpdate(view);
    Object.assign(view, { view: withIds(content), hash: newHash() });
    this.#changed();
  }

  /** The one below shows then, if there is one. */
  close(view: View): void {
    this.#views.delete(view.id);
    this.#changed();
  }

  #stack(rootId: string): View[] {
    return this.all().filter((each) => each.rootId === rootId);
  }

  #add(user: string, content: Content, place?: Pick<View, 'previousId' | 'rootId'>): View {
    const id = slackId('V');
    const view = { previousId: null, rootId: id, ...place };
    const added = { id, user, hash: newHash(), view: withIds(content), ...view };
    this.#views.set(id, added);
    this.#changed();
    return added;
  }
}

function newHash(): string {
  return randomBytes(8).toString('hex');
}

function withIds(content: Content): Content {
  return { ...content, blocks: withBlockIds((content.blocks as Blocks | undefined) ?? []) };
}
