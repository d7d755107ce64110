import type { SettingName } from '../../../workflow/settings/schema.ts';
import type { FunctionName } from '../../functions/function-specs.ts';
import { FUNCTION_SPECS } from '../../functions/function-specs.ts';
import type { DeploymentSettings } from '../deployment-settings.ts';

/** Values of every setting, as the strings that an environment holds; undefined where a setting is not used. */
export type SettingValues = Partial<Record<SettingName, string>>;

/** What whoever deploys has chosen, as strings again, with the defaults spelled out. */
export function chosenValues(settings: DeploymentSettings): SettingValues {
  return {
    ADMIN_EMAIL: settings.ADMIN_EMAIL,
    SLACK_CHANNEL: settings.SLACK_CHANNEL,
    SLACK_TEAM_ID: settings.SLACK_TEAM_ID,
    SLACK_API_URL: settings.SLACK_API_URL,
    APPROVERS: settings.APPROVERS.join(','),
    REQUEST_TIMEOUT_SECONDS: String(settings.REQUEST_TIMEOUT_SECONDS),
    REMINDER_SECONDS: String(settings.REMINDER_SECONDS),
    NOTIFY_ALLOWED: settings.NOTIFY_ALLOWED,
    ATTACHMENTS: settings.ATTACHMENTS,
    LOG_LEVEL: settings.LOG_LEVEL,
  };
}

/** The environment of one function: its own settings, no others. An empty one is left out. */
export function environmentOf(name: FunctionName, values: SettingValues): Record<string, string> {
  const environment: Record<string, string> = {};
  for (const setting of FUNCTION_SPECS[name].settings) {
    const value = values[setting];
    if (value) environment[setting] = value;
  }
  return environment;
}
