import type { FaultName } from '../faults/table.ts';

/** How AWS or Slack behaves beyond what its operations answer, and what the sandbox makes of it. */
export type Behaviour = {
  of: string;
  /** One sentence: what the real one does. */
  does: string;
} & (
  | {
      /** Always, as the test shows; the path begins at the project's folder. */
      enforced: string;
    }
  | {
      /** Once these faults are set; without them everything is immediate and exact. */
      switched: readonly FaultName[];
    }
  | { notModelled: true }
);

const AWS = 'test/infra/sandbox/aws';

export const BEHAVIOURS: readonly Behaviour[] = [
  {
    of: 'AWS',
    does: 'Signatures (version 4) are checked, and count for five minutes by AWS’s clock.',
    enforced: `${AWS}/front-door/signing-time.test.ts`,
  },
  {
    of: 'AWS',
    does: 'A function can do what its role’s permissions allow, and nothing else.',
    enforced: `${AWS}/roles/permissions.test.ts`,
  },
  { of: 'AWS', does: 'Clocks differ from a function’s.', switched: ['clockAheadMs'] },
  {
    of: 'AWS',
    does: 'Policies of resources, boundaries and control policies decide too.',
    notModelled: true,
  },
  {
    of: 'IAM',
    does: 'What it refuses of documents, names and protected roles.',
    enforced: `${AWS}/iam/refusals.test.ts`,
  },
  {
    of: 'IAM',
    does: 'Quotas: five versions, characters of a policy, of all inline policies, ten attachments.',
    enforced: `${AWS}/iam/refusals.test.ts`,
  },
  { of: 'IAM', does: 'Reads may lag behind writes, each by itself.', switched: ['iamLagMs'] },
  {
    of: 'IAM',
    does: 'More calls than its rates allow are answered `Throttling`.',
    switched: ['iamCallsPerSecond'],
  },
  { of: 'IAM', does: 'A changed policy takes seconds to count for calls.', notModelled: true },
  {
    of: 'CloudTrail',
    does: 'Records writes, refused ones too, in its own words.',
    enforced: `${AWS}/cloudtrail/record.test.ts`,
  },
  {
    of: 'CloudTrail',
    does: 'Leaves out request parameters over 100 KB.',
    enforced: `${AWS}/cloudtrail/request-parameters.test.ts`,
  },
  {
    of: 'CloudTrail',
    does: 'Reports 5 to 90 seconds late, out of order.',
    switched: ['cloudTrailDelayMs', 'cloudTrailSpreadMs'],
  },
  {
    of: 'CloudTrail',
    does: '`LookupEvents` answers twice a second, newest first.',
    enforced: `${AWS}/cloudtrail/lookup-events.test.ts`,
  },
  {
    of: 'CloudTrail',
    does: '`LookupEvents` shows an event minutes later, or fails.',
    switched: ['eventHistoryDelayMs', 'eventHistory'],
  },
  {
    of: 'EventBridge',
    does: 'Takes no event over 256 KB; matches patterns as AWS does.',
    enforced: `${AWS}/events/event-bus.test.ts`,
  },
  {
    of: 'EventBridge',
    does: 'Loses events, or cannot start their execution.',
    switched: ['events', 'delivery'],
  },
  { of: 'EventBridge', does: 'Delivers an event twice, and tries for a day.', notModelled: true },
  {
    of: 'Step Functions',
    does: 'Retries, catches, waits and task tokens.',
    enforced: `${AWS}/states/execution.test.ts`,
  },
  {
    of: 'Step Functions',
    does: 'More than 256 KB in or out of a state is `States.DataLimitExceeded`, which `States.ALL` does not catch.',
    enforced: `${AWS}/states/execution.test.ts`,
  },
  {
    of: 'Step Functions',
    does: 'The same for less, to see how near anything comes.',
    switched: ['dataLimitBytes'],
  },
  {
    of: 'Step Functions',
    does: 'An execution lasts a year, and its history 25,000 events.',
    notModelled: true,
  },
  {
    of: 'Lambda',
    does: 'Gives a function its time and no more; names errors as its runtime does.',
    enforced: `${AWS}/lambda/functions.test.ts`,
  },
  {
    of: 'Lambda',
    does: 'Tries an asynchronous invocation three times.',
    enforced: `${AWS}/lambda/lambda-service.test.ts`,
  },
  { of: 'Lambda', does: 'A new instance starts cold.', switched: ['coldStartMs'] },
  { of: 'Lambda', does: 'Concurrency and memory are limited.', notModelled: true },
  {
    of: 'SNS',
    does: 'Mails only to whoever has confirmed; unsubscribing needs a signature.',
    enforced: `${AWS}/sns/sns-backend.test.ts`,
  },
  { of: 'DynamoDB', does: 'Throttles, and shows an index later than the table.', notModelled: true },
  {
    of: 'Slack',
    does: 'Limits of blocks and modals.',
    enforced: 'test/infra/sandbox/slack/block-kit-limits.test.ts',
  },
  {
    of: 'Slack',
    does: 'A click is answered within 3 seconds, or the person is warned.',
    enforced: 'test/infra/sandbox/slack/interactions.test.ts',
  },
  {
    of: 'Slack',
    does: 'One message a second in a channel, then 429.',
    enforced: 'test/infra/sandbox/slack/web-api.test.ts',
  },
  { of: 'Slack', does: 'Is away, or cannot look up people.', switched: ['slack', 'slackLookups'] },
];
