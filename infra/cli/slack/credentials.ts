import { text } from 'node:stream/consumers';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mergeIntoSecret } from '../../../bot/pages/install/merge-secret.ts';
import { runCommand, UsageError } from '../../command/run-command.ts';
import { stackOutput } from '../stack/stack-outputs.ts';
import { askHidden } from './ask-hidden.ts';
import { CREDENTIALS, type Credentials, parseInput, toCredentials } from './slack-credentials.ts';

const HELP = `Puts the credentials of the Slack app into Secrets Manager: asked for without showing them, or from standard input,
as KEY=value lines or JSON.

Usage: npm run slack:credentials -- [--secret-arn ARN]

  --secret-arn ARN  the secret; otherwise that of the last npm run deploy
  --help            this text`;

const OPTIONS = { 'secret-arn': { type: 'string' } } as const;

/**
 * `npm run slack:credentials`: puts the app's credentials into Secrets Manager, asked for without echo or read from
 * standard input. What else the secret holds stays, so a bot token survives a new signing secret.
 */
export async function main(values: { 'secret-arn'?: string | undefined }): Promise<void> {
  const secretArn = values['secret-arn'] ?? stackOutput('SlackSecretArn', '--secret-arn');
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

if (import.meta.main) await runCommand({ help: HELP, options: OPTIONS }, main);
