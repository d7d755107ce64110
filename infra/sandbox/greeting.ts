import { readFileSync } from 'node:fs';
import { readRestrictedActions } from '../../workflow/inspection/restricted-actions/read-restricted-actions.ts';
import {
  unknownEntries,
  warnOfUnknown,
} from '../../workflow/inspection/restricted-actions/unknown-entries.ts';
import type { Environment } from '../../workflow/runtime/settings/settings.ts';
import type { WellKnownCaller } from './aws/sts/well-known-callers.ts';
import type { Sandbox } from './sandbox.ts';

export const BAD_POLICY = readFileSync(
  new URL('../../fixtures/policies/bad-policy.json', import.meta.url),
  'utf8',
);

/**
 * One restricted change, so that there is something to decide. Its requester is known in Slack, so that one approval
 * is enough. Not named as in the README's first command.
 */
export async function greet(sandbox: Sandbox): Promise<void> {
  await sandbox.change({
    caller: 'developer',
    operation: 'CreatePolicy',
    parameters: { PolicyName: 'bucket-housekeeping', PolicyDocument: BAD_POLICY },
  });
}

/** What `npm start` prints: where everything is, and how to reach it with the AWS CLI. */
export function describeSandbox({ page, aws, callers }: Pick<Sandbox, 'page' | 'aws' | 'callers'>): string {
  const [first, ...others] = callers;
  return `
Policy Guard runs on this machine, in memory. Ctrl-C stops it without a trace.

  Page           ${page}
  AWS endpoint   ${aws}

For the AWS CLI, in another terminal:

${exports(aws, first as WellKnownCaller)}

Then make a change that the guard will not like:

aws iam create-policy --policy-name my-bad-policy --policy-document file://fixtures/policies/bad-policy.json

These keys are those of ${first?.label}. To call as somebody else:

${others.map(credentialsLine).join('\n')}
`;
}

/** What is to be said of the settings at the start: which restricted entries may protect nothing. */
export function warnings(environment: Environment): string[] {
  return unknownEntries(readRestrictedActions(environment)).map(
    (entry) => `Warning: RESTRICTED_ACTIONS: ${warnOfUnknown(entry)}`,
  );
}

function exports(aws: string, { credentials }: WellKnownCaller): string {
  return [
    `export AWS_ENDPOINT_URL=${aws}`,
    `export AWS_ACCESS_KEY_ID=${credentials.accessKeyId}`,
    `export AWS_SECRET_ACCESS_KEY=${credentials.secretAccessKey}`,
    'export AWS_REGION=us-east-1',
    // Version 1 of the AWS CLI only knows this name.
    'export AWS_DEFAULT_REGION=us-east-1',
  ].join('\n');
}

function credentialsLine({ label, credentials }: WellKnownCaller): string {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  const token = sessionToken === undefined ? '' : ` AWS_SESSION_TOKEN=${sessionToken}`;
  return `  ${label}:\n    AWS_ACCESS_KEY_ID=${accessKeyId} AWS_SECRET_ACCESS_KEY=${secretAccessKey}${token}`;
}
