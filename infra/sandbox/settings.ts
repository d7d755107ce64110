import * as z from 'zod';
import { readRequesterTable } from '../../bot/approvers/requester-table.ts';
import { readExemptions } from '../../workflow/events/exemptions/read-exemptions.ts';
import { readRestrictedActions } from '../../workflow/inspection/restricted-actions/read-restricted-actions.ts';
import type { SettingName, Settings } from '../../workflow/runtime/settings/schema.ts';
import { type Environment, readSettings, SettingsError } from '../../workflow/runtime/settings/settings.ts';
import { assertConsistent } from '../settings/assert-consistent.ts';
import { readEnvFile } from '../settings/env-file.ts';
import { readTogether } from '../settings/read-together.ts';

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535; 0 picks a free one')
  .transform(Number)
  .pipe(z.number().max(65_535, 'must be a port number from 0 to 65535; 0 picks a free one'));

const schema = {
  SANDBOX_PAGE_PORT: port.default(3000),
  SANDBOX_AWS_PORT: port.default(4566),
  SANDBOX_CLOUDTRAIL_DELAY_MS: z
    .string()
    .regex(/^\d{1,6}$/, 'must be a whole number of milliseconds, at most 999999')
    .transform(Number)
    .default(1000),
};

/** What the person who deploys may set, as far as the sandbox has a use for it. */
const PRODUCT_SETTINGS = [
  'ADMIN_EMAIL',
  'SLACK_CHANNEL',
  'SLACK_TEAM_ID',
  'APPROVERS',
  'APPROVALS_REQUIRED',
  'REQUESTER_EMAIL_DOMAIN',
  'FEDERATED_ROLES',
  'EMAIL_LINKS',
  'BREAK_GLASS',
  'MODE',
  'REQUEST_TIMEOUT_SECONDS',
  'REMINDER_SECONDS',
  'ADMIN_EMAIL_SECONDS',
  'NOTIFY_ALLOWED',
  'ATTACHMENTS',
  'LOG_LEVEL',
] as const satisfies readonly SettingName[];

/** What the sandbox takes where nothing is set; the Slack ids are those of its own workspace. */
const SANDBOX_DEFAULTS: Environment = {
  ADMIN_EMAIL: 'security@example.com',
  SLACK_CHANNEL: 'C0SECURITY',
  SLACK_TEAM_ID: 'T0SANDBOX',
  APPROVERS: 'S0SECURIT',
  REQUESTER_EMAIL_DOMAIN: 'example.com',
  // Functions log JSON lines; a person at a terminal only wants to see what went wrong.
  LOG_LEVEL: 'ERROR',
};

/** The IAM user `developer` is Devon, whose address does not tell: that is what the table is for. */
const DEVELOPER_IN_SLACK = 'arn:aws:iam::123456789012:user/developer=U0DEVONDE';

/** Who people are in Slack: the sandbox has a workspace of its own, in which those of a real one are nobody. */
const OF_A_WORKSPACE: readonly string[] = [
  'SLACK_CHANNEL',
  'SLACK_TEAM_ID',
  'APPROVERS',
  'REQUESTER_EMAIL_DOMAIN',
  'REQUESTER_SLACK_USERS',
  'REQUESTER_SLACK_USERS_FILE',
];

/**
 * The environment of the process over the file `.env`, if there is one, without what names people and channels: a
 * `.env` is made for deployment, and with its approvers nobody in the sandbox could approve anything.
 *
 * @throws SettingsError for a file that cannot be read
 */
export function readTerminalEnvironment(file = '.env', ofProcess: Environment = process.env): Environment {
  const given: Environment = { ...readEnvFile(file), ...ofProcess };
  return Object.fromEntries(Object.entries(given).filter(([name]) => !OF_A_WORKSPACE.includes(name)));
}

export interface SandboxSettings {
  pagePort: number;
  awsPort: number;
  cloudTrailDelayMs: number;
  product: Pick<Settings, (typeof PRODUCT_SETTINGS)[number]>;
  restrictedActions: string[];
  /** The product's settings as text, as functions are given them. */
  environment: Environment;
}

/** @throws SettingsError naming every bad key, of the sandbox and of the product */
export function readSandboxSettings(given: Environment): SandboxSettings {
  const environment = { ...given };
  for (const [name, value] of Object.entries(SANDBOX_DEFAULTS)) environment[name] ||= value;
  if (!environment.REQUESTER_SLACK_USERS_FILE) environment.REQUESTER_SLACK_USERS ||= DEVELOPER_IN_SLACK;
  const { own, product, restricted } = readTogether({
    own: () => readOwn(environment),
    product: () => readProduct(environment),
    restricted: () => readRestrictedActions(environment),
    exemptions: () => readExemptions(environment),
    requesterTable: () => readRequesterTable(environment),
  });
  return { ...own, product, environment, restrictedActions: restricted.map(({ pattern }) => pattern) };
}

function readProduct(environment: Environment): SandboxSettings['product'] {
  const product = readSettings(environment, PRODUCT_SETTINGS);
  assertConsistent(product);
  return product;
}

function readOwn(environment: Environment) {
  const values: Record<string, number> = {};
  const problems: string[] = [];
  for (const [name, rule] of Object.entries(schema)) {
    const text = environment[name]?.trim();
    const result = rule.safeParse(text === '' ? undefined : text);
    if (result.success) values[name] = result.data;
    else problems.push(`${name}: ${result.error.issues[0]?.message} (it is ${JSON.stringify(text)})`);
  }
  if (problems.length > 0) throw new SettingsError(problems);
  return {
    pagePort: values.SANDBOX_PAGE_PORT as number,
    awsPort: values.SANDBOX_AWS_PORT as number,
    cloudTrailDelayMs: values.SANDBOX_CLOUDTRAIL_DELAY_MS as number,
  };
}
