import type { SlackMessageRef } from '../../workflow/ledger/request.ts';

/** The message at the top of the thread in which replies to a message stand: of a group, not the message itself. */
export function threadOf({ channel, ts, threadTs }: SlackMessageRef): SlackMessageRef {
  return { channel, ts: threadTs ?? ts };
}
