import { parseRecord } from '../../../workflow/events/cloudtrail-record.ts';
import { parseChange } from '../../../workflow/events/parse-change.ts';
import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import { readRestrictedActions } from '../../../workflow/inspection/restricted-actions/read-restricted-actions.ts';
import { summarise } from '../../../workflow/inspection/summarise.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { PLACE } from '../place.ts';

/** When every change of the sheet was made: a sheet that is made anew differs only where the messages do. */
export const CHANGED_AT = '2026-03-02T11:20:00Z';

const RESTRICTED = readRestrictedActions({
  RESTRICTED_ACTIONS:
    '@privilege-escalation severity=critical,@data-destruction severity=high,@data-exposure severity=high,@detection-evasion severity=high',
});

/** A policy document of these statements. */
export function documentOf(...Statement: object[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

/**
 * The request that the guard would make of a record of CloudTrail, two seconds after the change.
 *
 * @param record what of the record is its own; the rest is as in every other
 * @param document what came into force
 * @param found what quarantine left and what was read around the change; what became of it
 */
export function requestOf(
  record: object,
  document: string,
  found: Pick<ApprovalRequest, 'containment'> & Partial<ApprovalRequest>,
): ApprovalRequest {
  const { change } = parseChange(parseRecord({ ...COMMON, ...record }));
  return {
    id: change.requestId,
    status: 'pending',
    change,
    inspection: summarise(inspectDocument(document, RESTRICTED), document),
    document: pack(document),
    quarantinedAt: '2026-03-02T11:20:02.000Z',
    createdAt: '2026-03-02T11:20:03.000Z',
    expiresAt: '2026-03-03T11:20:03.000Z',
    executionArn: executionOf(change.requestId),
    earlier: { requests: 0, approved: 0, denied: 0, orMore: false },
    approvalsNeeded: 1,
    votes: [],
    ...found,
  };
}

export function executionOf(requestId: string): string {
  return `arn:aws:states:${PLACE.region}:${PLACE.accountId}:execution:policy-guard:${requestId}`;
}

const COMMON = {
  eventID: '6b6d5d4e-9a5e-4d4c-8a9b-0f7d6e5c4b3a',
  eventSource: 'iam.amazonaws.com',
  eventTime: CHANGED_AT,
  awsRegion: PLACE.region,
  recipientAccountId: PLACE.accountId,
  sourceIPAddress: '203.0.113.7',
  userAgent: 'aws-cli/2.31.0',
};
