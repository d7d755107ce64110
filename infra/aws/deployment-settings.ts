import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readRequesterTable } from '../../bot/approvers/requester-table.ts';
import type { Exemption } from '../../workflow/events/exemptions/exemption.ts';
import { readExemptions } from '../../workflow/events/exemptions/read-exemptions.ts';
import { readRestrictedActions } from '../../workflow/inspection/restricted-actions/read-restricted-actions.ts';
import { readListText } from '../../workflow/runtime/settings/read-list.ts';
import {
  DEPLOYER_SETTINGS,
  type DeployerSetting,
  LIST_SETTINGS,
  type ListSetting,
  type Settings,
} from '../../workflow/runtime/settings/schema.ts';
import { type Environment, readSettings } from '../../workflow/runtime/settings/settings.ts';
import { assertConsistent } from '../settings/assert-consistent.ts';
import { assertReadable, readEnvFile } from '../settings/env-file.ts';
import { readTogether } from '../settings/read-together.ts';

/**
 * Stand in for the settings that have no default, so that a clean clone gives a template. Nobody has this channel,
 * workspace or group: what is deployed with them asks by e-mail alone.
 */
const EXAMPLES = { SLACK_CHANNEL: 'C0123456789', SLACK_TEAM_ID: 'T0123456789', APPROVERS: 'S0123456789' };

/** The lists as they were written; a function reads its own again. A list that nobody has given is missing. */
export type ListTexts = Partial<Record<ListSetting, string>>;

export interface DeploymentSettings extends Pick<Settings, DeployerSetting> {
  lists: ListTexts;
  exemptions: Exemption[];
  /** True when nobody has chosen a channel, workspace or approver: there is no `.env`, and the environment names none. */
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
  const envFile = readEnvFile(file);
  const chosen: Environment = { ...envFile.values, ...environment };
  const isExample = !existsSync(file) && Object.keys(EXAMPLES).every((name) => !chosen[name]);
  const configured = isExample ? { ...chosen, ...EXAMPLES } : chosen;
  const { settings, exemptions } = readTogether({
    envFile: () => assertReadable(envFile),
    settings: () => readConsistent(configured),
    exemptions: () => readExemptions(configured),
    restrictedActions: () => readRestrictedActions(configured),
    requesterTable: () => readRequesterTable(configured),
  });
  return { ...settings, exemptions, lists: readLists(configured), isExample };
}

function readConsistent(configured: Environment) {
  const settings = readSettings(configured, DEPLOYER_SETTINGS);
  assertConsistent(settings);
  return settings;
}

function readLists(configured: Environment): ListTexts {
  const texts = LIST_SETTINGS.map((name) => [name, readListText(configured, name)?.text]);
  return Object.fromEntries(texts.filter(([, text]) => text !== undefined));
}
