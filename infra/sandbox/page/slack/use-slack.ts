import { useState } from 'react';
import type { SlackReply, ViewState } from '../../api/contract.ts';
import type { Click } from '../blocks/types.ts';
import type { ViewValues } from '../blocks/view-values.ts';
import { post, SandboxApiError } from '../state/post.ts';
import type { Note } from './timeline.ts';

/** What a person can do in Slack, and what Slack shows in answer. */
export interface Slack {
  notes: Note[];
  /** The modal that is open, with the user it was opened for. */
  view: ViewState | null;
  /** Message `ts` or view id → what Slack warns of there. */
  warnings: Readonly<Record<string, string>>;
  /** The click that has not been answered yet. */
  pending: { place: string; actionId: string } | null;
  click(user: string, channel: string, ts: string, click: Click): Promise<void>;
  command(user: string, line: string): Promise<void>;
  /** Errors by block id; null when the modal has closed or changed. */
  submit(view: ViewState, values: ViewValues): Promise<Record<string, string> | null>;
  closeView(): void;
}

let nextNoteId = 1;

export function useSlack(): Slack {
  const [notes, setNotes] = useState<Note[]>([]);
  const [view, setView] = useState<ViewState | null>(null);
  const [warnings, setWarnings] = useState<Record<string, string>>({});
  const [pending, setPending] = useState<Slack['pending']>(null);

  const addNote = (user: string, text: string) =>
    setNotes((before) => [...before, { id: nextNoteId++, user, at: Date.now() / 1000, text }]);
  const take = (place: string, reply: SlackReply) => {
    if (reply.view) setView(reply.view);
    setWarnings(({ [place]: _, ...others }) =>
      reply.warning === null ? others : { ...others, [place]: reply.warning },
    );
  };

  return {
    notes,
    view,
    warnings,
    pending,
    closeView: () => setView(null),
    async click(user, channel, ts, click) {
      setPending({ place: ts, actionId: click.actionId });
      const { actionId: action_id, blockId: block_id, value } = click;
      take(ts, await ask('/api/slack/actions', { user, channel, ts, action_id, block_id, value }));
      setPending(null);
    },
    async command(user, line) {
      const [command = '', ...words] = line.trim().split(/\s+/);
      const reply = await ask('/api/slack/commands', { user, command, text: words.join(' ') });
      if (reply.warning !== null) addNote(user, reply.warning);
      take('command', { ...reply, warning: null });
    },
    async submit(submitted, values) {
      const { id: view_id, user } = submitted;
      const reply = await ask('/api/slack/views', { user, view_id, values });
      if (reply.errors === null && reply.warning === null && reply.view === null) setView(null);
      take(submitted.id, reply);
      return reply.errors;
    },
  };
}

/** What Slack would show; a sandbox that does not answer reads as Slack's own warning. */
async function ask(path: string, body: object): Promise<SlackReply> {
  try {
    const answer = await post(path, body);
    if (answer.ok) return answer.body as SlackReply;
    return warningOnly(answer.status, messageOf(answer.body));
  } catch (error) {
    if (error instanceof SandboxApiError) return warningOnly(0, error.message);
    throw error;
  }
}

function messageOf(body: unknown): string {
  return (body as { error?: { message?: string } } | null)?.error?.message ?? JSON.stringify(body);
}

function warningOnly(status: number, warning: string): SlackReply {
  return { ok: false, status, warning, ephemeral: [], view: null, errors: null };
}
