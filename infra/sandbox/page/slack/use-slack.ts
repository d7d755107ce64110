import { useState } from 'react';
import type { SlackReply, ViewState } from '../../api/contract.ts';
import type { Values } from '../../slack/state-values.ts';
import type { Click } from '../blocks/types.ts';
import { ask } from './ask.ts';
import { splitCommand } from './split-command.ts';
import type { Note } from './timeline.ts';
import { isHome, pushOrUpdate } from './view-stack.ts';

/** What a person can do in Slack, and what Slack shows in answer. */
export interface Slack {
  notes: Note[];
  /** The modals that are open, the one on top last; each with the user it was opened for. */
  views: ViewState[];
  /** App Home as the latest answers brought it, by person; the sandbox's state has it a moment later. */
  homes: Readonly<Record<string, ViewState>>;
  /** Message `ts`, view id or `homePlace` → what Slack warns of there. */
  warnings: Readonly<Record<string, string>>;
  /** The click that has not been answered yet. */
  pending: { place: string; actionId: string } | null;
  click(user: string, channel: string, ts: string, click: Click): Promise<void>;
  /** A click inside a modal or App Home. */
  clickView(view: ViewState, click: Click): Promise<void>;
  command(user: string, line: string): Promise<void>;
  openHome(user: string): Promise<void>;
  /** Errors by block id; null when the modal has closed or changed. */
  submit(view: ViewState, values: Values): Promise<Record<string, string> | null>;
  /** The person closes a modal: Slack shows the one below it, and takes no more clicks in this one. */
  closeView(view: ViewState): void;
  closeAllViews(): void;
}

/** Where warnings about opening App Home are kept. */
export const homePlace = (user: string) => `home-${user}`;

let nextNoteId = 1;

export function useSlack(): Slack {
  const [notes, setNotes] = useState<Note[]>([]);
  const [pending, setPending] = useState<Slack['pending']>(null);
  const { take, closeView, ...shown } = useReplies();

  const addNote = (user: string, text: string) =>
    setNotes((before) => [...before, { id: nextNoteId++, user, at: Date.now() / 1000, text }]);
  const sendClick = async (place: string, where: object, click: Click) => {
    const { actionId: action_id, blockId: block_id, value, values } = click;
    setPending({ place, actionId: action_id });
    take(place, await ask('/api/slack/actions', { ...where, action_id, block_id, value, values }));
    setPending(null);
  };

  return {
    notes,
    pending,
    ...shown,
    closeView: ({ id, user }) => {
      closeView(id);
      void ask('/api/slack/views/close', { user, view_id: id });
    },
    click: (user, channel, ts, click) => sendClick(ts, { user, channel, ts }, click),
    clickView: ({ id, user }, click) => sendClick(id, { user, view_id: id }, click),
    async command(user, line) {
      const reply = await ask('/api/slack/commands', { user, ...splitCommand(line) });
      if (reply.warning !== null) addNote(user, reply.warning);
      take('command', { ...reply, warning: null });
    },
    openHome: async (user) => take(homePlace(user), await ask('/api/slack/home', { user })),
    async submit(submitted, values) {
      const { id: view_id, user } = submitted;
      const reply = await ask('/api/slack/views', { user, view_id, values });
      if (reply.errors === null && reply.warning === null && reply.view === null) closeView(view_id);
      take(view_id, reply);
      return reply.errors;
    },
  };
}

/** What the answers have left on the screen: modals, App Home and warnings. */
function useReplies() {
  const [views, setViews] = useState<ViewState[]>([]);
  const [homes, setHomes] = useState<Record<string, ViewState>>({});
  const [warnings, setWarnings] = useState<Record<string, string>>({});
  const show = (view: ViewState) =>
    isHome(view)
      ? setHomes((before) => ({ ...before, [view.user]: view }))
      : setViews((before) => pushOrUpdate(before, view));
  return {
    views,
    homes,
    warnings,
    take(place: string, reply: SlackReply) {
      if (reply.view) show(reply.view);
      setWarnings(({ [place]: _, ...others }) =>
        reply.warning === null ? others : { ...others, [place]: reply.warning },
      );
    },
    closeView: (id: string) => setViews((before) => before.filter((view) => view.id !== id)),
    closeAllViews: () => setViews([]),
  };
}
