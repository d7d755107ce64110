import type { NotifyDeps } from '../../../bot/delivery/deps.ts';
import type { Email } from '../../../bot/email/email.ts';
import type { Message } from '../../../bot/slack/blocks/types.ts';
import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import type { Outcome, SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { LINK_KEY, PUBLIC_URL } from '../functions/notify-world.ts';

/** One message that was posted: into a channel or to a person, perhaps into a thread. */
export interface Sent {
  to: string;
  threadTs?: string;
  broadcast?: boolean;
  message: Message;
}

export interface Heard {
  posted: Message[];
  /** The same, with where it went. */
  sent: Sent[];
  updated: { ref: SlackMessageRef; message: Message }[];
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
  const heard: Heard = {
    ...{ posted: [], sent: [], updated: [], mailed: [], ended: [], minutes: [], pauses: [] },
    slackFailures: 0,
  };
  const take = async (sent: Sent): Promise<SlackMessageRef> => {
    heard.sent.push(sent);
    heard.posted.push(sent.message);
    return { channel: sent.to, ts: `1.${heard.sent.length}` };
  };
  const deps: NotifyDeps = {
    ledger,
    slack: {
      post: (to, message) => take({ to, message }),
      reply: ({ channel, ts }, message, { broadcast = false } = {}) =>
        take({ to: channel, threadTs: ts, broadcast, message }),
      update: async (ref, message) => void heard.updated.push({ ref, message }),
      permalink: async ({ channel, ts }) => `https://sandbox.slack.com/archives/${channel}/p${ts}`,
      profile: () => Promise.reject(new Error('Nobody is looked up.')),
      findByEmail: async () => undefined,
    },
    email: { send: async (email) => void heard.mailed.push(email) },
    linkKey: async () => LINK_KEY,
    channel: 'C1',
    publicUrl: PUBLIC_URL,
    notifyAllowed: 'off',
    approvers: ['U0APPROVE', 'S0SECURIT'],
    approvalsRequired: 1,
    emailLinks: 'approve-and-deny',
    breakGlass: false,
    adminEmail: 'admin@example.com',
    nudgeRules: { reminderSeconds: 3_600, adminEmailSeconds: 43_200 },
    requesters: { table: [], emailDomain: undefined, federatedRoles: [], teamId: 'T0TESTING' },
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
