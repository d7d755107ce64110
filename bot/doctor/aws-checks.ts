import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DescribeRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import type { Ledger } from '../../workflow/ledger/ledger.ts';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';
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

/** Without a confirmed subscription, nobody hears of anything while Slack is down. */
export async function checkEmail({ aws, topicArn, adminEmail }: AwsExamination): Promise<Check> {
  const name = 'E-mail';
  const sns = new SNSClient({ ...aws, maxAttempts: 1 });
  const { Subscriptions = [] } = await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn: topicArn }));
  const wanted = Subscriptions.filter(
    ({ Protocol, Endpoint }) =>
      Protocol?.startsWith('email') === true && (adminEmail === undefined || same(Endpoint, adminEmail)),
  );
  if (wanted.some(({ SubscriptionArn }) => SubscriptionArn?.startsWith('arn:') === true)) {
    return { name, status: 'ok', found: 'The subscription is confirmed.' };
  }
  if (wanted.length > 0) {
    return {
      name,
      status: 'wrong',
      found: 'The subscription is not confirmed, so no e-mail is sent.',
      mend: 'Confirm it as step 4 of “Deploy it” in the README says; a confirmation that is older than three days has to be asked for anew.',
    };
  }
  return {
    name,
    status: 'wrong',
    found:
      adminEmail === undefined ? 'Nobody is subscribed.' : 'The address in ADMIN_EMAIL is not subscribed.',
    mend: 'Set ADMIN_EMAIL and deploy; then confirm the subscription.',
  };
}

function same(endpoint: string | undefined, address: string): boolean {
  return endpoint?.toLowerCase() === address.toLowerCase();
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
    if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
    return { name, status: 'wrong', found: `There is no rule ${ruleName}.`, mend: 'Run npm run deploy.' };
  }
}

const STATUSES = ['pending', 'decided', 'closed'] as const;

/**
 * Without a trail that logs IAM's writes the rule waits for ever, and nobody hears of it. Whether there is one is seen by
 * what has come: the guard may not read trails.
 */
export async function checkEvents({ ledger }: Pick<AwsExamination, 'ledger'>): Promise<Check> {
  const name = 'Changes';
  const latest = await Promise.all(STATUSES.map((status) => ledger.list(status, 1)));
  const newest = latest
    .flat()
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
    if (!(error instanceof Error) || error.name !== 'ResourceNotFoundException') throw error;
    const mend =
      'Restore it under this name from its backups (DynamoDB console, Backups): what waited is in there.';
    return { name, status: 'wrong', found: `There is no table ${tableName}.`, mend };
  }
}
