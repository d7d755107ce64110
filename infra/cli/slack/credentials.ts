import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mergeIntoSecret } from '../../../bot/pages/install/merge-secret.ts';
import { askHidden } from './ask-hidden.ts';
import type { Credentials } from './slack-credentials.ts';
import { CREDENTIALS, parseInput, toCredentials } from './slack-credentials.ts';
import { stackOutput } from './stack-outputs.ts';
import { runCommand, UsageError } from './usage-error.ts';

const USAGE = 'npm run slack:credentials -- [--secret-arn ARN]';

/**
 * `npm run slack:credentials`: puts the app's credentials into Secrets Manager, asked for without echo or read from
 * standard input. What else the secret holds stays, so a bot token survives a new signing secret.
 */
export async function main(args: readonly string[]): Promise<void> {
  const secretArn = option(args) ?? stackOutput('SlackSecretArn', '--secret-arn');
  const given = process.stdin.isTTY ? await ask() : parseInput(await text(process.stdin));
  const credentials = toCredentials(given);
  const keys = await store(secretArn, credentials);
  const next = keys.includes('botToken') ? '/policy-guard doctor in Slack' : 'the install link of the stack';
  process.stdout.write(`Stored ${Object.keys(credentials).join(', ')}. Next: ${next}.\n`);
}

async function store(secretArn: string, credentials: Credentials): Promise<string[]> {
  const region = secretArn.split(':')[3];
  try {
    return await mergeIntoSecret(new SecretsManagerClient(region ? { region } : {}), secretArn, credentials);
  } catch (cause) {
    const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause);
    throw new UsageError(`Nothing was stored in ${secretArn}. ${reason}`, { cause });
  }
}

async function ask(): Promise<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const { key, question } of CREDENTIALS) {
    answers[key] = await askHidden(question, process.stdin, process.stdout);
  }
  return answers;
}

function option(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { 'secret-arn': { type: 'string' } } }).values['secret-arn'];
  } catch (cause) {
    throw new UsageError(`${(cause as Error).message}\nUsage: ${USAGE}`, { cause });
  }
}

if (import.meta.main) await runCommand(() => main(process.argv.slice(2)));
