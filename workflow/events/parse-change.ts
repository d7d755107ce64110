import type { Change, Target } from './change.ts';
import type { CloudTrailRecord } from './cloudtrail-record.ts';
import { FailedCallError, NotAChangeError, UnreadableChangeError } from './errors.ts';
import type { EventDocument } from './event-document.ts';
import { identityOf } from './identity.ts';
import { requestIdOf } from './request-id.ts';
import { describeRequester } from './requester.ts';
import { WATCHED_CALLS } from './watched-calls.ts';

export const IAM_EVENT_SOURCE = 'iam.amazonaws.com';

/** What a record says about one change. */
export interface ParsedChange {
  change: Change;
  /** The document that came into force, as far as the event holds it. */
  document: EventDocument;
  /** False for a version that was created without being made default: it grants nothing until it is. */
  inForce: boolean;
}

/**
 * Reads a change out of a CloudTrail record.
 *
 * @throws NotAChangeError when it is not one of the watched IAM calls
 * @throws FailedCallError when the call failed
 * @throws UnreadableChangeError when it is a watched call, but does not say what was changed
 */
export function parseChange(record: CloudTrailRecord): ParsedChange {
  const call = record.eventSource === IAM_EVENT_SOURCE ? WATCHED_CALLS.get(record.eventName) : undefined;
  if (call === undefined) {
    throw new NotAChangeError(
      `${record.eventName} of ${record.eventSource} is not a change that is watched.`,
    );
  }
  if (record.errorCode !== undefined) throw new FailedCallError(record.eventName, record.errorCode);
  const document = call.document(record);
  const change = describeChange(record, call.target(record), document);
  return { change, document, inForce: call.cameIntoForce(record) };
}

function describeChange(record: CloudTrailRecord, target: Target, document: EventDocument): Change {
  const accountId = record.recipientAccountId ?? record.userIdentity?.accountId;
  if (accountId === undefined) {
    throw new UnreadableChangeError(
      `The ${record.eventName} event ${record.eventID} does not name its account.`,
    );
  }
  const requester = describeRequester(record);
  const content = JSON.stringify([record.eventName, target, document, identityOf(requester)]);
  return {
    requestId: requestIdOf(accountId, record.eventID, content),
    eventId: record.eventID,
    eventName: record.eventName,
    eventTime: record.eventTime,
    accountId,
    partition: partitionOf(record, target),
    requester,
    target,
    ...(record.foundBySweepAt !== undefined && { foundAt: record.foundBySweepAt }),
  };
}

/** ARNs know their partition; an inline policy has none, so there its requester's ARN or the region tells. */
function partitionOf(record: CloudTrailRecord, target: Target): string {
  const arn = 'policyArn' in target ? target.policyArn : record.userIdentity?.arn;
  const [prefix, partition] = arn?.split(':') ?? [];
  if (prefix === 'arn' && partition) return partition;
  if (record.awsRegion?.startsWith('us-gov-')) return 'aws-us-gov';
  return record.awsRegion?.startsWith('cn-') ? 'aws-cn' : 'aws';
}
