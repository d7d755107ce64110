import type { Email } from '../../../bot/email/email.ts';
import type { NotifyDeps } from '../../../bot/notify/deps.ts';
import type { Message } from '../../../bot/slack/messages/blocks.ts';
import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import type { Outcome } from '../../../workflow/ledger/request.ts';
import { LINK_KEY, PUBLIC_URL } from './world.ts';

export interface Heard {
  posted: Message[];
  mailed: Email[];
  ended: Outcome[];
  minutes: number[];
  pauses: number[];
  slackFailures: number;
}

/** Dependencies that take everything and note it; `changes` puts others in their place. */
export function fakeDeps(
  ledger: Ledger,
  changes: Partial<NotifyDeps> = {},
): { deps: NotifyDeps; heard: Heard } {
  const heard: Heard = { posted: [], mailed: [], ended: [], minutes: [], pauses: [], slackFailures: 0 };
  const ref = { channel: 'C1', ts: '1.2' };
  const post = async (message: Message) => {
    heard.posted.push(message);
    return ref;
  };
  const deps: NotifyDeps = {
    ledger,
    slack: {
      post: (_, message) => post(message),
      reply: (_, message) => post(message),
      update: async () => undefined,
    },
    email: { send: async (email) => void heard.mailed.push(email) },
    linkKey: async () => LINK_KEY,
    channel: 'C1',
    publicUrl: PUBLIC_URL,
    notifyAllowed: 'off',
    now: () => new Date('2026-03-01T12:10:00.000Z'),
    pause: async (milliseconds) => heard.pauses.push(milliseconds),
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    metrics: {
      quarantined: () => {},
      quarantineFailed: () => {},
      slackFailed: () => heard.slackFailures++,
      decided: (minutes) => heard.minutes.push(minutes),
      ended: (outcome) => heard.ended.push(outcome),
    },
    ...changes,
  };
  return { deps, heard };
}
