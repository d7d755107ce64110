import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import {
  createSubscriptionReader,
  isExpected,
  type Subscription,
  strangersAmong,
} from '../../workflow/account/sns/subscriptions.ts';
import { listAlong, STATUSES } from '../../workflow/ledger/along-the-way.ts';
import type { Ledger } from '../../workflow/ledger/ledger.ts';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';
import { isNamed } from '../../workflow/runtime/is-named.ts';
import { plainLine } from '../media/wording/plain-line.ts';
import type { Check } from './check.ts';

export interface AwsExamination {
  aws: AwsClientConfig;
  ledger: Pick<Ledger, 'list'>;
  tableName: string;
  topicArn: string;
  ruleName: string;
  /** The address that should be subscribed, when there is one. */
  adminEmail: string | undefined;
}

/** Without a confirmed subscription nobody hears of anything while Slack is down; and nobody else may get the links. */
export async function checkEmail({ aws, topicArn, adminEmail }: AwsExamination): Promise<Check> {
  const name = 'E-mail';
  const subscriptions = await createSubscriptionReader(topicArn, aws)();
  const problems = [
    ...strangersProblem(strangersAmong(subscriptions, adminEmail)),
    ...adminProblem(
      subscriptions.filter((each) => isExpected(each, adminEmail)),
      adminEmail,
    ),
  ];
  if (problems.length === 0) return { name, status: 'ok', found: 'The subscription is confirmed.' };
  return {
    name,
    status: 'wrong',
    found: problems.map(({ found }) => found).join(' '),
    mend: problems.map(({ mend }) => mend).join(' '),
  };
}

type Problem = Required<Pick<Check, 'found' | 'mend'>>;

function strangersProblem(strangers: readonly string[]): Problem[] {
  if (strangers.length === 0) return [];
  const who = strangers.map(plainLine).join(', ');
  return [
    {
      found: `Others than ADMIN_EMAIL get the e-mails, which hold no link to approve until that ends: ${who}.`,
      mend: 'Take their subscriptions to the topic away (SNS console), and find out who subscribed them.',
    },
  ];
}

function adminProblem(wanted: readonly Subscription[], adminEmail: string | undefined): Problem[] {
  if (wanted.some(({ confirmed }) => confirmed)) return [];
  if (wanted.length > 0) {
    return [
      {
        found: 'The subscription is not confirmed, so no e-mail is sent.',
        mend: 'Confirm it as step 4 of “Deploy it” in the README says; a confirmation that is older than three days has to be asked for anew.',
      },
    ];
  }
  const found =
    adminEmail === undefined ? 'ADMIN_EMAIL is not set.' : 'The address in ADMIN_EMAIL is not subscribed.';
  return [{ found, mend: 'Set ADMIN_EMAIL and deploy; then confirm the subscription.' }];
}

/** Without the rule no change is ever looked at. */
export async function checkRule({ aws, ruleName }: AwsExamination): Promise<Check> {
  const name = 'Event rule';
  const events = new EventBridgeClient({ ...aws, maxAttempts: 1 });
  try {
    const { State } = await events.send(new DescribeRuleCommand({ Name: ruleName }));
    if (State?.startsWith('ENABLED')) return { name, status: 'ok', found: 'It is enabled.' };
    const mend = `Run “aws events enable-rule --name ${ruleName}”, and find out who disabled it.`;
    return { name, status: 'wrong', found: `It is ${State?.toLowerCase()}: no change is looked at.`, mend };
  } catch (error) {
    if (!isNamed(error, 'ResourceNotFoundException')) throw error;
    return { name, status: 'wrong', found: `There is no rule ${ruleName}.`, mend: 'Run npm run deploy.' };
  }
}

/**
 * Without a trail that logs IAM's writes the rule waits for ever, and nobody hears of it. Whether there is one is seen by
 * what has come: the guard may not read trails.
 */
export async function checkEvents({ ledger }: Pick<AwsExamination, 'ledger'>): Promise<Check> {
  const name = 'Changes';
  const latest = await listAlong(
    STATUSES,
    (status) => ledger.list(status, 1),
    ({ id }) => id,
  );
  const newest = latest
    .map(({ createdAt }) => createdAt)
    .sort()
    .at(-1);
  if (newest !== undefined) return { name, status: 'ok', found: `The latest came on ${newest}.` };
  return {
    name,
    status: 'unknown',
    found: 'None has come yet, so nobody knows whether a trail logs IAM’s writes.',
    mend: 'Make a restricted change to try it, and see “Next to an existing trail” in infra/aws/README.md.',
  };
}

/** Without the table nothing can be decided; quarantine goes on without it. */
export async function checkTable({ aws, ledger, tableName }: AwsExamination): Promise<Check> {
  const name = 'Ledger';
  const dynamodb = new DynamoDBClient({ ...aws, maxAttempts: 1 });
  try {
    const [{ Table }] = await Promise.all([
      dynamodb.send(new DescribeTableCommand({ TableName: tableName })),
      ledger.list('pending', 1),
    ]);
    if (Table?.TableStatus === 'ACTIVE') return { name, status: 'ok', found: 'The table can be read.' };
    const mend = 'Wait until DynamoDB has finished, then ask again.';
    return { name, status: 'wrong', found: `The table is ${Table?.TableStatus?.toLowerCase()}.`, mend };
  } catch (error) {
    if (!isNamed(error, 'ResourceNotFoundException')) throw error;
    const mend =
      'Restore it under this name from its backups (DynamoDB console, Backups): what waited is in there.';
    return { name, status: 'wrong', found: `There is no table ${tableName}.`, mend };
  }
}
