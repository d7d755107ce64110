import { randomUUID } from 'node:crypto';
import type { CloudTrailRecord } from '../cloudtrail/record.ts';

/** What EventBridge makes of a CloudTrail record, and hands to the targets of its rules. */
export interface CloudTrailEvent {
  version: '0';
  id: string;
  'detail-type': 'AWS API Call via CloudTrail';
  source: string;
  account: string;
  /** ISO 8601, UTC. */
  time: string;
  region: string;
  resources: string[];
  detail: CloudTrailRecord;
}

/** Wraps a record into EventBridge's envelope. */
export function toEvent(record: CloudTrailRecord): CloudTrailEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'AWS API Call via CloudTrail',
    source: `aws.${record.eventSource.replace(/\.amazonaws\.com$/, '')}`,
    account: record.recipientAccountId,
    time: record.eventTime,
    region: record.awsRegion,
    resources: [],
    detail: record,
  };
}
