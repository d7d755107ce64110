import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { UsageError } from '../../command/run-command.ts';

/** Whether the credentials of a place could be had; `unknown` is for the CDK to find out. */
type Answer = { status: 'found' | 'unknown' } | { status: 'none'; reason: string };

/** An instance's metadata answers in milliseconds; elsewhere its address answers never. Milliseconds. */
const PATIENCE_MS = 800;

/**
 * Looks for AWS credentials where the CDK does, so that whoever has none hears of it before the stack is synthesised.
 *
 * @param what has not been done without them, e.g. `Nothing was deployed`
 * @param args those of the command; `--profile` counts
 * @throws UsageError when there are none, with how to get some
 */
export async function assertCredentials(what: string, args: readonly string[]): Promise<void> {
  const profile = profileIn(args);
  const answer = await Promise.race([look(profile), silence(profile ?? process.env.AWS_PROFILE)]);
  if (answer.status !== 'none') return;
  throw new UsageError(
    `${what}: there are no AWS credentials in this terminal (${answer.reason}). ` +
      'Run “aws configure sso” once, then “export AWS_PROFILE=” with the name of its profile; ' +
      '“aws sso login” when they have expired.',
  );
}

function profileIn(args: readonly string[]): string | undefined {
  const at = args.findIndex((arg) => arg === '--profile' || arg.startsWith('--profile='));
  return args[at]?.split('=')[1] ?? (at < 0 ? undefined : args[at + 1]);
}

async function look(profile: string | undefined): Promise<Answer> {
  // Any client will do; the region only keeps it from looking for one.
  const { config } = new DynamoDBClient({
    region: 'us-east-1',
    ...(profile === undefined ? {} : { profile }),
  });
  try {
    await config.credentials();
    return { status: 'found' };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    // The CDK asks for the code; the SDK alone cannot.
    return /multi-factor/i.test(reason) ? { status: 'unknown' } : { status: 'none', reason };
  }
}

/** A program or a sign-in of the profile may take its time; without any profile only an instance's metadata is left. */
async function silence(profile: string | undefined): Promise<Answer> {
  await pause(PATIENCE_MS);
  return profile === undefined ? { status: 'none', reason: 'nothing has answered' } : { status: 'unknown' };
}
