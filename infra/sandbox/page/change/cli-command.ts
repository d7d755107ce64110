import type { SandboxState } from '../../api/contract.ts';

/**
 * A command for any terminal in the project's folder, as it is: a change that the guard does not like, made by the
 * first caller. Version 1 of the AWS CLI knows the second name of the region only.
 */
export function cliCommand({ endpoints, callers }: Pick<SandboxState, 'endpoints' | 'callers'>): string {
  const [caller] = callers;
  return [
    `AWS_ENDPOINT_URL=${endpoints.aws}`,
    `AWS_ACCESS_KEY_ID=${caller?.accessKeyId}`,
    `AWS_SECRET_ACCESS_KEY=${caller?.secretAccessKey}`,
    'AWS_REGION=us-east-1',
    'AWS_DEFAULT_REGION=us-east-1',
    'aws iam create-policy --policy-name my-bad-policy',
    '--policy-document file://fixtures/policies/bad-policy.json',
  ].join(' ');
}
