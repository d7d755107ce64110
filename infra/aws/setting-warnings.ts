import { Annotations } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { parseList } from '../../workflow/inspection/restricted-actions/parse-list.ts';
import {
  unknownEntries,
  warnOfUnknown,
} from '../../workflow/inspection/restricted-actions/unknown-entries.ts';
import { listedPeople } from '../settings/assert-consistent.ts';
import type { DeploymentSettings } from './deployment-settings.ts';

/** Says at synth what may be an oversight, though it is no mistake. */
export function warnOfSettings(scope: Construct, settings: DeploymentSettings, now: Date): void {
  for (const [id, warning] of Object.entries(settingWarnings(settings, now))) {
    if (warning !== undefined) Annotations.of(scope).addWarningV2(`policy-guard:${id}`, warning);
  }
}

/** Each warning under its id; undefined where there is nothing to say. */
function settingWarnings(
  settings: DeploymentSettings,
  now: Date,
): Readonly<Record<string, string | undefined>> {
  const { isExample, MODE, ADMIN_EMAIL, REMINDER_SECONDS, ADMIN_EMAIL_SECONDS, APPROVERS } = settings;
  return {
    'example-settings': isExample
      ? 'There is no .env: SLACK_CHANNEL, SLACK_TEAM_ID and APPROVERS are examples that name nobody. ' +
        'Copy .env.example to .env and fill it in before you deploy.'
      : undefined,
    observe:
      MODE === 'observe'
        ? 'MODE is observe: NOTHING IS QUARANTINED. Restricted changes are reported and stay in force.'
        : undefined,
    'no-admin-email':
      ADMIN_EMAIL === undefined
        ? 'ADMIN_EMAIL is not set: nobody gets the alarms, nor the requests while Slack is down.'
        : undefined,
    'no-reminder': never(settings, 'REMINDER_SECONDS', REMINDER_SECONDS, 'nobody is reminded'),
    'no-admin-reminder': never(
      settings,
      'ADMIN_EMAIL_SECONDS',
      ADMIN_EMAIL_SECONDS,
      'the administrator hears nothing of a request that waits',
    ),
    'one-approver':
      listedPeople(APPROVERS) === 1
        ? 'APPROVERS names one person: a change whose requester is not known in Slack needs two, and can only be denied.'
        : undefined,
    'expired-exemptions': expiredExemptions(settings, now),
    'unknown-actions': unknownActions(settings),
  };
}

function never(
  { REQUEST_TIMEOUT_SECONDS: timeout }: DeploymentSettings,
  name: string,
  seconds: number,
  so: string,
): string | undefined {
  if (seconds < timeout) return undefined;
  return `${name} (${seconds}) is not less than REQUEST_TIMEOUT_SECONDS (${timeout}): a request expires before that, and ${so}.`;
}

function expiredExemptions({ exemptions }: DeploymentSettings, now: Date): string | undefined {
  const today = now.toISOString().slice(0, 10);
  const expired = exemptions.filter(({ until }) => until < today);
  if (expired.length === 0) return undefined;
  const named = expired.map(({ pattern, until }) => `${pattern} (until ${until})`).join(', ');
  return `EXEMPT_REQUESTERS: these have ended and exempt nobody any more: ${named}.`;
}

function unknownActions({ lists }: DeploymentSettings): string | undefined {
  const unknown = unknownEntries(parseList(lists.RESTRICTED_ACTIONS ?? '').actions);
  return unknown.length === 0 ? undefined : `RESTRICTED_ACTIONS: ${unknown.map(warnOfUnknown).join(' ')}`;
}
