import { Token } from 'aws-cdk-lib';
import {
  DEPLOYER_SETTINGS,
  type FunctionName,
  type SettingName,
  settingsOf,
} from '../../../workflow/runtime/settings/schema.ts';
import { SettingsError } from '../../../workflow/runtime/settings/settings.ts';
import type { DeploymentSettings } from '../deployment-settings.ts';

/** Values of every setting, as the strings that an environment holds; undefined where a setting is not used. */
export type SettingValues = Partial<Record<SettingName, string>>;

/** What whoever deploys has chosen, as strings again, with the defaults spelled out. */
export function chosenValues(settings: DeploymentSettings): SettingValues {
  return Object.fromEntries(DEPLOYER_SETTINGS.map((name) => [name, asText(settings[name])]));
}

function asText(value: DeploymentSettings[(typeof DEPLOYER_SETTINGS)[number]]): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === 'object' ? value.join(',') : String(value);
}

/** The environment of one function: its own settings, no others. An empty one is left out. */
export function environmentOf(name: FunctionName, values: SettingValues): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const setting of settingsOf(name)) {
    const value = values[setting];
    if (value) environment[setting] = value;
  }
  return environment;
}

/** Of names and values together. Source: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const ENVIRONMENT_BYTES = 4_096;

/** What AWS fills in is known only later; the longest is a secret's ARN, of some 130 characters. */
const FILLED_IN_BYTES = 150;

/** As many as it takes to see where the room has gone. */
const NAMED = 3;

/** @throws SettingsError naming the function and its longest settings, before Lambda would refuse them */
export function assertEnvironmentFits(name: FunctionName, environment: Record<string, string>): void {
  const sizes = Object.entries(environment).map(([key, value]) => {
    const bytes = Token.isUnresolved(value) ? FILLED_IN_BYTES : Buffer.byteLength(value);
    return { key, bytes: Buffer.byteLength(key) + bytes };
  });
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total <= ENVIRONMENT_BYTES) return;
  const longest = sizes.sort((one, other) => other.bytes - one.bytes).slice(0, NAMED);
  throw new SettingsError([
    `${longest.map(({ key, bytes }) => `${key} (${bytes} bytes)`).join(', ')}: too long; ` +
      `all settings of the function ${name} take ${total} of the ${ENVIRONMENT_BYTES} bytes that Lambda has for them`,
  ]);
}
