import type { SlackMessageState } from '../../api/contract.ts';

/** What Slack itself told one person, e.g. that a command was not answered in time; a reload loses it, as in Slack. */
export interface Note {
  id: number;
  user: string;
  /** Seconds since 1970, as in a message's `ts`. */
  at: number;
  text: string;
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
      .filter((note) => note.user === user)
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

export function isReply(message: SlackMessageState): boolean {
  return message.threadTs !== null && message.threadTs !== message.ts;
}

function byTime(one: SlackMessageState, other: SlackMessageState): number {
  return Number(one.ts) - Number(other.ts);
}
