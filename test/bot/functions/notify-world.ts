import { vi } from 'vitest';
import { createNotifyHandler } from '../../../bot/functions/notify.ts';
import type { EmailState } from '../../../infra/sandbox/api/contract.ts';
import { createLedgerTable } from '../../../infra/sandbox/aws/dynamodb/create-table.ts';
import type { Message } from '../../../infra/sandbox/slack/workspace.ts';
import { createLedger, type Ledger } from '../../../workflow/ledger/ledger.ts';
import { startAwsEndpoint } from '../../support/aws-endpoint.ts';
import { GENEROUS } from '../../support/generous.ts';
import { CHANNEL, type RunningSlack, startSlack, TEAM } from '../../support/slack.ts';

export const LINK_KEY = 'a-signing-key-of-more-than-32-characters';
export const PUBLIC_URL = 'https://guard.example.com';

export interface World {
  /** The function itself, as Lambda calls it. */
  notify: (payload: unknown) => Promise<unknown>;
  /** The same with other settings. */
  withSettings(settings: Record<string, string>): (payload: unknown) => Promise<unknown>;
  /** @returns the ARN of a new secret */
  addSecret(value: string): string;
  ledger: Ledger;
  slack: RunningSlack;
  /** What stands in the channel, oldest first. */
  messages(): readonly Message[];
  emails(): readonly EmailState[];
  /** These services answer nothing but errors. */
  down: Set<string>;
  /** Slack takes a message a second; the clock of everything here is moved on by hand. */
  pass(seconds: number): void;
  stop(): Promise<void>;
}

/** AWS and Slack as the function sees them: real HTTP over loopback, and nothing of the function replaced. */
export async function startWorld(): Promise<World> {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-03-01T12:00:04.000Z') });
  let secrets = 0;
  const { aws, down, configOf, stop } = await startAwsEndpoint();
  const slack = await startSlack(1000);
  const config = configOf('notify');
  await createLedgerTable('ledger', config);
  const environment = {
    SLACK_CHANNEL: CHANNEL,
    SLACK_TEAM_ID: TEAM,
    APPROVERS: 'U0APPROVE,S0SECURIT',
    ADMIN_EMAIL: 'security@example.com',
    SLACK_API_URL: slack.apiUrl,
    SLACK_SECRET_ARN: aws.secrets.addSecret('slack', JSON.stringify(slack.secret)),
    LINK_SECRET_ARN: aws.secrets.addSecret('link', JSON.stringify({ linkSigningKey: LINK_KEY })),
    TOPIC_ARN: aws.sns.addTopic('notices', 'security@example.com'),
    TABLE_NAME: 'ledger',
    PUBLIC_URL,
    LOG_LEVEL: 'ERROR',
  };
  return {
    notify: createNotifyHandler(environment, config, GENEROUS),
    withSettings: (settings) => createNotifyHandler({ ...environment, ...settings }, config, GENEROUS),
    addSecret: (value) => aws.secrets.addSecret(`secret-${secrets++}`, value),
    ledger: createLedger({ tableName: 'ledger', aws: config, timeouts: GENEROUS.ledger }),
    slack,
    messages: () => slack.workspace.messages,
    emails: () => aws.sns.emails,
    down,
    pass: (seconds) => void vi.setSystemTime(Date.now() + seconds * 1000),
    async stop() {
      vi.useRealTimers();
      await Promise.all([stop(), slack.close()]);
    },
  };
}
