import type { SlackMessageState } from '../../api/contract.ts';

/** What only this page knows: an answer that Slack showed to one person and that no reload brings back. */
export interface Note {
  id: number;
  user: string;
  /** Seconds since 1970, as in a message's `ts`. */
  at: number;
  from: 'Policy Guard' | 'Slackbot';
  text: string;
  blocks: Record<string, unknown>[];
}

export type Entry =
  | { kind: 'message'; key: string; at: number; message: SlackMessageState; replies: SlackMessageState[] }
  | { kind: 'note'; key: string; at: number; note: Note };

/** The channel as one person sees it, oldest first: replies under their message, broadcast ones in the channel too. */
export function buildTimeline(
  messages: readonly SlackMessageState[],
  notes: readonly Note[],
  user: string,
): Entry[] {
  const visible = messages.filter(({ ephemeralFor }) => ephemeralFor === null || ephemeralFor === user);
  const entries: Entry[] = [
    ...visible
      .filter((message) => !isReply(message) || message.broadcast)
      .map((message) => toEntry(message, visible)),
    ...notes
      .filter((note) => note.user === user && !isShownAsMessage(note, visible))
      .map((note): Entry => ({ kind: 'note', key: `note-${note.id}`, at: note.at, note })),
  ];
  return entries.sort((one, other) => one.at - other.at);
}

function toEntry(message: SlackMessageState, visible: readonly SlackMessageState[]): Entry {
  const replies = isReply(message)
    ? []
    : visible.filter((reply) => isReply(reply) && reply.threadTs === message.ts).sort(byTime);
  return { kind: 'message', key: message.ts, at: Number(message.ts), message, replies };
}

function isReply(message: SlackMessageState): boolean {
  return message.threadTs !== null && message.threadTs !== message.ts;
}

function byTime(one: SlackMessageState, other: SlackMessageState): number {
  return Number(one.ts) - Number(other.ts);
}

/** The sandbox keeps posted ephemeral messages and also answers a click with them: one of the two is enough. */
function isShownAsMessage(note: Note, visible: readonly SlackMessageState[]): boolean {
  return visible.some(
    ({ ephemeralFor, text, ts }) =>
      ephemeralFor === note.user && text === note.text && Math.abs(Number(ts) - note.at) < 10,
  );
}
