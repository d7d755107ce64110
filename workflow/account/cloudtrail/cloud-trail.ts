import type { CloudTrailRecord } from '../../events/cloudtrail-record.ts';

/** What events can be looked up by; one at a time. A resource's name is an ARN for policies, a name for the rest. */
export type LookUpKey = 'EventId' | 'EventName' | 'ResourceName' | 'Username';

/** Both ends belong to it; CloudTrail tells whole seconds. */
export interface Between {
  from: Date;
  to: Date;
}

/** CloudTrail could not be asked, or not to the end: then nothing is known. */
export class CloudTrailUnavailableError extends Error {
  override name = 'CloudTrailUnavailableError';
}

/**
 * CloudTrail's event history: every management event of the last 90 days in the account and region, whatever trails
 * there are. An event is in it some minutes after its call, a quarter of an hour at most as a rule.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/view-cloudtrail-events.html
 */
export interface CloudTrailReader {
  /**
   * Events newest first. A page is read when it is come to, so whoever has found what they look for should stop.
   *
   * @throws CloudTrailUnavailableError
   */
  lookUp(key: LookUpKey, value: string, between?: Between): AsyncIterable<CloudTrailRecord>;
}
