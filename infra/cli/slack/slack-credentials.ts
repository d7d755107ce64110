import * as z from '../../../workflow/runtime/zod.ts';
import { UsageError } from '../../command/run-command.ts';

/** Environment-style name, key in the secret, question, and what a right value looks like. */
export const CREDENTIALS = [
  {
    variable: 'SLACK_SIGNING_SECRET',
    key: 'signingSecret',
    question: 'Signing secret (Basic Information)',
    optional: false,
    schema: z.string().check(z.regex(/^[0-9a-f]{32,64}$/i, 'must be 32 hexadecimal digits')),
  },
  {
    variable: 'SLACK_CLIENT_ID',
    key: 'clientId',
    question: 'Client id (Basic Information)',
    optional: false,
    schema: z.string().check(z.regex(/^\d+\.\d+$/, 'must be two numbers with a dot between')),
  },
  {
    variable: 'SLACK_CLIENT_SECRET',
    key: 'clientSecret',
    question: 'Client secret (Basic Information)',
    optional: false,
    schema: z.string().check(z.regex(/^[0-9a-f]{32,64}$/i, 'must be 32 hexadecimal digits')),
  },
  {
    variable: 'SLACK_BOT_TOKEN',
    key: 'botToken',
    question: 'Bot token (empty: the install page fetches it)',
    optional: true,
    schema: z.string().check(z.regex(/^xoxb-[\w-]+$/, 'must begin with xoxb-')),
  },
] as const;

type CredentialKey = (typeof CREDENTIALS)[number]['key'];
export type Credentials = Partial<Record<CredentialKey, string>>;

/**
 * Checks what was given, keyed by key or variable name. Values are never part of an error.
 *
 * @throws UsageError naming every bad and every missing credential, and every name that is none
 */
export function toCredentials(given: Readonly<Record<string, unknown>>): Credentials {
  const problems = unknownNames(given).map((name) => `${name}: is not a credential`);
  const credentials: Credentials = {};
  for (const { variable, key, schema, optional } of CREDENTIALS) {
    const value = given[key] ?? given[variable];
    if (value === undefined || value === '') {
      if (!optional) problems.push(`${key}: is missing`);
      continue;
    }
    const parsed = schema.safeParse(typeof value === 'string' ? value.trim() : value);
    if (parsed.success) credentials[key] = parsed.data;
    else problems.push(`${key}: ${parsed.error.issues[0]?.message}`);
  }
  if (problems.length > 0) throw new UsageError(`Nothing was stored:\n  ${problems.join('\n  ')}`);
  return credentials;
}

function unknownNames(given: Readonly<Record<string, unknown>>): string[] {
  const known = new Set<string>(CREDENTIALS.flatMap(({ variable, key }) => [variable, key]));
  return Object.keys(given).filter((name) => !known.has(name));
}

/**
 * Reads what was piped in: a JSON object, or lines of KEY=value with `#` comments.
 *
 * @throws UsageError for anything else
 */
export function parseInput(text: string): Record<string, unknown> {
  if (!text.trimStart().startsWith('{')) return parseLines(text);
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch {
    // The cause would quote the input, and with it a secret.
    throw new UsageError('Nothing was stored: the JSON on standard input is not an object.');
  }
}

function parseLines(text: string): Record<string, unknown> {
  const lines = text.split('\n').map((line) => line.trim());
  const pairs = lines.filter((line) => line !== '' && !line.startsWith('#'));
  return Object.fromEntries(
    pairs.map((line) => {
      const [, name, value] = /^(?:export\s+)?(\w+)\s*=\s*(.*)$/.exec(line) ?? [];
      if (name === undefined || value === undefined) {
        throw new UsageError('Nothing was stored: standard input has a line that is not KEY=value.');
      }
      return [name, value.replace(/^(["'])(.*)\1$/, '$2')];
    }),
  );
}
