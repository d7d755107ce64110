import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { RestrictedAction } from '../../workflow/inspection/finding.ts';
import { readRestrictedActions } from '../../workflow/restricted-actions/read-restricted-actions.ts';
import type { SettingName, Settings } from '../../workflow/settings/schema.ts';
import type { Environment } from '../../workflow/settings/settings.ts';
import { readSettings, SettingsError } from '../../workflow/settings/settings.ts';

/** The settings of whoever deploys; the others are filled in by the stack. */
const DEPLOYER_SETTINGS = [
  'ADMIN_EMAIL',
  'SLACK_CHANNEL',
  'SLACK_TEAM_ID',
  'SLACK_API_URL',
  'APPROVERS',
  'REQUEST_TIMEOUT_SECONDS',
  'REMINDER_SECONDS',
  'NOTIFY_ALLOWED',
  'ATTACHMENTS',
  'LOG_LEVEL',
  'CREATE_TRAIL',
] as const satisfies readonly SettingName[];

/**
 * Stand in for the two settings that have no default, so that a clean clone gives a template. Nobody has this
 * channel or workspace: what is deployed with them asks by e-mail alone.
 */
const EXAMPLE_SLACK = { SLACK_CHANNEL: 'C0123456789', SLACK_TEAM_ID: 'T0123456789' };

export interface DeploymentSettings extends Pick<Settings, (typeof DEPLOYER_SETTINGS)[number]> {
  restrictedActions: RestrictedAction[];
  /** True when nobody has chosen a channel or workspace: there is no `.env`, and the environment names none. */
  isExample: boolean;
}

/**
 * Reads the settings from `.env` and the environment (which wins, as with `node --env-file`), and validates them
 * before anything is synthesised. Where nobody has chosen them, the settings that have no default are examples.
 *
 * @param directory where `.env` is
 * @throws SettingsError naming every bad key
 */
export function readDeploymentSettings(directory: string, environment: Environment): DeploymentSettings {
  const file = join(directory, '.env');
  const chosen: Environment = {
    ...(existsSync(file) ? parseEnv(readFileSync(file, 'utf8')) : {}),
    ...environment,
  };
  const isExample = !existsSync(file) && !chosen.SLACK_CHANNEL && !chosen.SLACK_TEAM_ID;
  const configured = isExample ? { ...chosen, ...EXAMPLE_SLACK } : chosen;
  const problems: string[] = [];
  const settings = collect(problems, () => readSettings(configured, DEPLOYER_SETTINGS));
  const restrictedActions = collect(problems, () => readRestrictedActions(configured));
  if (settings === undefined || restrictedActions === undefined) throw new SettingsError(problems);
  return { ...settings, restrictedActions, isExample };
}

/** Runs one reader; what it complains about joins the other complaints, so that one look shows them all. */
function collect<T>(problems: string[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    problems.push(...error.problems);
    return undefined;
  }
}
