import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { askHidden } from './ask-hidden.ts';
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
  const region = secretArn.split(':')[3];
  const client = new SecretsManagerClient(region ? { region } : {});
  const { SecretString = '{}' } = await client.send(new GetSecretValueCommand({ SecretId: secretArn }));
  const merged = { ...(JSON.parse(SecretString) as object), ...credentials };
  await client.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString: JSON.stringify(merged) }));
  const next = 'botToken' in merged ? '/policy-guard doctor in Slack' : 'the install link of the stack';
  process.stdout.write(`Stored ${Object.keys(credentials).join(', ')}. Next: ${next}.\n`);
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
