import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SKEW_SECONDS, WINDOW_SECONDS } from '../media/slack/requests/verify-signature.ts';
import type { AwsExamination } from './aws-checks.ts';
import type { Check } from './check.ts';

/** An answer tells whole seconds and takes some to arrive. */
const CLOSE_SECONDS = 5;

/**
 * Whether this function's clock is right, by what AWS says in an answer. Slack's signatures count for minutes only, by
 * this clock.
 *
 * @param now milliseconds since the epoch
 */
export async function checkClock(
  { aws, tableName }: Pick<AwsExamination, 'aws' | 'tableName'>,
  now = Date.now,
): Promise<Check> {
  const name = 'Clock';
  const told = await timeOf(aws, tableName);
  const ahead = Math.round((now() - told.getTime()) / 1_000);
  if (Math.abs(ahead) <= CLOSE_SECONDS) return { name, status: 'ok', found: 'It is that of AWS.' };
  return {
    name,
    status: 'wrong',
    found: `It is ${Math.abs(ahead)} seconds ${ahead > 0 ? 'ahead of' : 'behind'} that of AWS. Clicks are refused once it is ${SKEW_SECONDS} seconds behind that of Slack, or ${WINDOW_SECONDS} ahead.`,
    mend: 'Lambda sets it: run npm run deploy for new instances, and ask AWS Support if it stays so. Until then decide by e-mail, as “Clicks do not arrive” in infra/aws/RUNBOOK.md says.',
  };
}

/** @throws what the call has thrown, where its answer tells no time */
async function timeOf(aws: AwsExamination['aws'], TableName: string): Promise<Date> {
  const dynamodb = new DynamoDBClient({ ...aws, maxAttempts: 1 });
  let date: string | undefined;
  dynamodb.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      ({ date } = (result.response as { headers: Record<string, string> }).headers);
      return result;
    },
    // Innermost, because a clock that is far off makes the answer a refusal.
    { step: 'deserialize', priority: 'low' },
  );
  try {
    await dynamodb.send(new DescribeTableCommand({ TableName }));
  } catch (error) {
    if (date === undefined) throw error;
  }
  return new Date(date ?? Number.NaN);
}
