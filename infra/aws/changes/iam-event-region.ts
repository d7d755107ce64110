import { IAM_EVENT_REGIONS } from '../../../workflow/events/iam-event-regions.ts';

/** The guard would be deployed where no IAM event ever arrives, and would watch nothing. */
export class WrongRegionError extends Error {
  override name = 'WrongRegionError';
}

/**
 * @param region where the stack would be deployed, e.g. `eu-west-1`
 * @throws WrongRegionError naming the right region of the partition
 */
export function assertIamEventRegion(region: string): void {
  const right = IAM_EVENT_REGIONS[partitionOf(region)];
  if (region === right) return;
  throw new WrongRegionError(
    `IAM events do not arrive in ${region}: in its partition EventBridge gets them in ${right} alone. ` +
      `Set AWS_REGION=${right} and start again; changes made from every region are caught there.`,
  );
}

/**
 * @param region e.g. `eu-west-1`
 * @throws WrongRegionError in a partition of which it is not known where IAM events arrive
 */
export function partitionOf(region: string): keyof typeof IAM_EVENT_REGIONS {
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('cn-')) return 'aws-cn';
  // Isolated and sovereign partitions (us-iso-…, eusc-…) publish no such region; guessing one would watch nothing.
  if (/^[a-z]{2}-[a-z]+-\d+$/.test(region)) return 'aws';
  throw new WrongRegionError(
    `It is not known in which region of the partition of ${region} IAM events arrive; the guard is not deployed there.`,
  );
}
