import { type CloudTrailRecord, parseRecord } from '../../../../workflow/events/cloudtrail-record.ts';

const ACCOUNT = '123456789012';

export const userCalled = (userName: string) => ({
  ...{ type: 'IAMUser', userName, accountId: ACCOUNT },
  arn: `arn:aws:iam::${ACCOUNT}:user/${userName}`,
});

/** What CloudTrail holds of a call. */
export function recordOf(
  eventName: string,
  requestParameters: object,
  responseElements: object | null = null,
  more: object = {},
): CloudTrailRecord {
  return parseRecord({
    ...{ eventID: `id-of-${eventName}`, eventName, eventSource: 'iam.amazonaws.com' },
    ...{ eventTime: '2026-03-01T12:00:00Z', awsRegion: 'us-east-1', recipientAccountId: ACCOUNT },
    userIdentity: userCalled('mallory'),
    ...{ requestParameters, responseElements },
    ...more,
  });
}
