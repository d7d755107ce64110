import type { Change, Entity } from '../../../workflow/events/change.ts';
import { IAM_EVENT_REGIONS } from '../../../workflow/events/iam-event-regions.ts';

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

/** The CloudTrail event in the event history, which holds it for 90 days, in the region where IAM's events arrive. */
export function eventConsoleUrl({ partition, eventId }: Change): string {
  const regions: Readonly<Record<string, string>> = IAM_EVENT_REGIONS;
  const region = regions[partition] ?? IAM_EVENT_REGIONS.aws;
  const page = `events?EventId=${encodeURIComponent(eventId)}`;
  return `https://${host(partition)}/cloudtrailv2/home?region=${region}#/${page}`;
}

function host(partition: string): string {
  return HOST[partition] ?? 'console.aws.amazon.com';
}
