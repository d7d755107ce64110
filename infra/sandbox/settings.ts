import { readRequesterTable } from '../../bot/approvers/requester-table.ts';
import { readExemptions } from '../../workflow/events/exemptions/read-exemptions.ts';
import { readRestrictedActions } from '../../workflow/inspection/restricted-actions/read-restricted-actions.ts';
import {
  DEPLOYER_SETTINGS,
  SANDBOX_SETTINGS,
  type Settings,
} from '../../workflow/runtime/settings/schema.ts';
import { type Environment, readSettings } from '../../workflow/runtime/settings/settings.ts';
import { assertConsistent } from '../settings/assert-consistent.ts';
import { assertReadable, type EnvFile } from '../settings/env-file.ts';
import { readTogether } from '../settings/read-together.ts';

/** What the person who deploys may set, as far as the sandbox has a use for it. */
const PRODUCT_SETTINGS = DEPLOYER_SETTINGS.filter(
  (name) => name !== 'SLACK_API_URL' && name !== 'CREATE_TRAIL' && name !== 'RESERVE_CONCURRENCY',
);

/** What the sandbox takes where nothing is set; the Slack ids are those of its own workspace. */
const SANDBOX_DEFAULTS: Environment = {
  ADMIN_EMAIL: 'security@example.com',
  SLACK_CHANNEL: 'C0SECURITY',
  SLACK_TEAM_ID: 'T0SANDBOX',
  APPROVERS: 'S0SECURIT',
  REQUESTER_EMAIL_DOMAIN: 'example.com',
  // All of its users are made when it starts.
  FRESH_REQUESTER_SECONDS: '0',
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
 * An environment without what names people and channels: a `.env` is made for deployment, and with its approvers
 * nobody in the sandbox could approve anything.
 */
export function withoutWorkspace(given: Environment): Environment {
  return Object.fromEntries(Object.entries(given).filter(([name]) => !OF_A_WORKSPACE.includes(name)));
}

export interface SandboxSettings {
  pagePort: number;
  awsPort: number;
  cloudTrailDelayMs: number;
  eventHistoryDelayMs: number;
  guardrails: boolean;
  product: Pick<Settings, (typeof PRODUCT_SETTINGS)[number]>;
  restrictedActions: string[];
  /** The product's settings as text, as functions are given them. */
  environment: Environment;
}

/**
 * @param envFile where some of it was read from
 * @throws SettingsError naming every bad key, of the sandbox and of the product
 */
export function readSandboxSettings(given: Environment, envFile?: EnvFile): SandboxSettings {
  const environment = { ...given };
  for (const [name, value] of Object.entries(SANDBOX_DEFAULTS)) environment[name] ||= value;
  if (!environment.REQUESTER_SLACK_USERS_FILE) environment.REQUESTER_SLACK_USERS ||= DEVELOPER_IN_SLACK;
  const { own, product, restricted } = readTogether({
    envFile: () => envFile && assertReadable(envFile),
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
  const own = readSettings(environment, SANDBOX_SETTINGS);
  return {
    pagePort: own.SANDBOX_PAGE_PORT,
    awsPort: own.SANDBOX_AWS_PORT,
    cloudTrailDelayMs: own.SANDBOX_CLOUDTRAIL_DELAY_MS,
    eventHistoryDelayMs: own.SANDBOX_EVENT_HISTORY_DELAY_MS,
    guardrails: own.SANDBOX_GUARDRAILS === 'on',
  };
}
