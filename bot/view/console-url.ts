import type { Change, Entity } from '../../workflow/events/change.ts';

const HOST: Readonly<Record<string, string>> = {
  aws: 'console.aws.amazon.com',
  'aws-us-gov': 'console.amazonaws-us-gov.com',
  'aws-cn': 'console.amazonaws.cn',
};

const ENTITY_PAGE: Readonly<Record<Entity, string>> = { user: 'users', group: 'groups', role: 'roles' };

/** The policy's page in the AWS console of the change's partition; for an inline policy, the page of what holds it. */
export function policyConsoleUrl({ partition, target }: Change): string {
  const page =
    target.type === 'inline-policy'
      ? `${ENTITY_PAGE[target.entity]}/details/${encodeURIComponent(target.entityName)}`
      : `policies/details/${encodeURIComponent(target.policyArn)}`;
  return `https://${host(partition)}/iam/home#/${page}?section=permissions`;
}

/** The execution's page in the AWS console. */
export function executionConsoleUrl(executionArn: string): string {
  const [, partition = 'aws', , region = ''] = executionArn.split(':');
  const page = `v2/executions/details/${encodeURIComponent(executionArn)}`;
  return `https://${host(partition)}/states/home?region=${encodeURIComponent(region)}#/${page}`;
}

function host(partition: string): string {
  return HOST[partition] ?? 'console.aws.amazon.com';
}
