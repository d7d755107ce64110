import { AwsError } from './service.ts';

/** "A request must reach AWS within five minutes of the time stamp" (IAM User Guide, Signature Version 4). */
const MINUTES = 5;

const AMZ_DATE = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/**
 * Refuses what was signed too long ago, or in the future.
 *
 * @param amzDate the header `X-Amz-Date`
 * @throws AwsError `IncompleteSignature`, `SignatureDoesNotMatch`
 */
export function requireCurrent(amzDate: string | undefined, now: Date): void {
  const signedAt = Date.parse((amzDate ?? '').replace(AMZ_DATE, '$1-$2-$3T$4:$5:$6Z'));
  if (Number.isNaN(signedAt)) {
    throw new AwsError(
      'IncompleteSignature',
      "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    );
  }
  const limit = (sign: 1 | -1) => new Date(now.getTime() + sign * MINUTES * 60_000);
  if (signedAt < limit(-1).getTime()) {
    throw refused(
      `Signature expired: ${amzDate} is now earlier than ${amz(limit(-1))} (${amz(now)} - 5 min.)`,
    );
  }
  if (signedAt > limit(1).getTime()) {
    throw refused(
      `Signature not yet current: ${amzDate} is still later than ${amz(limit(1))} (${amz(now)} + 5 min.)`,
    );
  }
}

function refused(message: string): AwsError {
  return new AwsError('SignatureDoesNotMatch', message, 403);
}

function amz(time: Date): string {
  return time.toISOString().replace(/[-:]|\.\d+/g, '');
}
