import type { Email } from '../../../bot/media/email/email.ts';
import type { Message } from '../../../bot/media/slack/blocks/types.ts';
import type { NotifyDeps } from '../../../bot/notices/delivery/deps.ts';
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

interface Heard {
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

const SETTINGS: NotifyDeps['settings'] = {
  ...{ SLACK_CHANNEL: 'C1', SLACK_TEAM_ID: 'T0TESTING', SLACK_API_URL: 'https://slack.com/api/' },
  ...{ SLACK_SECRET_ARN: 'arn:slack', LINK_SECRET_ARN: 'arn:link', TOPIC_ARN: 'arn:topic' },
  ...{ TABLE_NAME: 'ledger', PUBLIC_URL, ADMIN_EMAIL: 'admin@example.com', LOG_LEVEL: 'ERROR' },
  ...{ APPROVERS: ['U0APPROVE', 'S0SECURIT'], APPROVALS_REQUIRED: 1, BREAK_GLASS: false },
  ...{
    REQUESTER_EMAIL_DOMAIN: undefined,
    FEDERATED_ROLES: [],
    FRESH_REQUESTER_SECONDS: 0,
    EMAIL_LINKS: 'approve-and-deny',
  },
  ...{ REQUEST_TIMEOUT_SECONDS: 86_400, REMINDER_SECONDS: 3_600, ADMIN_EMAIL_SECONDS: 43_200 },
  ...{ NOTIFY: undefined, MENTION_FROM: 'high', ACCOUNT_NAMES: [], RUNBOOK_URL: undefined },
  NOTIFY_ALLOWED: 'off',
};

type Changes = Partial<Omit<NotifyDeps, 'settings'>> & { settings?: Partial<NotifyDeps['settings']> };

/** Dependencies that take everything and note it; `changes` puts others in their place. */
export function fakeDeps(
  ledger: Ledger,
  { settings, ...changes }: Changes = {},
): { deps: NotifyDeps; heard: Heard } {
  const heard: Heard = {
    ...{ posted: [], sent: [], updated: [], mailed: [], ended: [], minutes: [], pauses: [] },
    ...{ slackFailures: 0 },
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
      groupMembers: async () => [],
    },
    email: {
      send: async (email) => ({ messageId: `mail-${heard.mailed.push(email)}`, to: 'admin@example.com' }),
    },
    subscriptions: async () => [{ protocol: 'email', endpoint: 'admin@example.com', confirmed: true }],
    linkKey: async () => LINK_KEY,
    settings: { ...SETTINGS, ...settings },
    requesters: { table: [], emailDomain: undefined, federatedRoles: [], teamId: 'T0TESTING' },
    now: () => new Date('2026-03-01T12:10:00.000Z'),
    pause: async (milliseconds) => heard.pauses.push(milliseconds),
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    metrics: {
      quarantined: () => {},
      quarantineFailed: () => {},
      slackFailed: () => heard.slackFailures++,
      strangerRefused: () => {},
      decided: (minutes) => heard.minutes.push(minutes),
      ended: (outcome) => heard.ended.push(outcome),
    },
    ...changes,
  };
  return { deps, heard };
}
