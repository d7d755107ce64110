import type { CloudTrailRecord } from './cloudtrail-record.ts';
import { readField } from './read-field.ts';

/**
 * The account that an event is about, where that is not the one that is guarded: a bus may hand on events of others,
 * and whoever starts an execution may write into the event what they like. An ARN of AWS's own policies names no
 * account.
 *
 * @param event an EventBridge event with the record as its detail, or the record itself
 * @param guarded the account that is guarded, twelve digits
 * @returns undefined when nothing in the event names another account
 */
export function foreignAccount(
  event: unknown,
  record: CloudTrailRecord,
  guarded: string,
): string | undefined {
  const accounts = [
    (event as { account?: unknown } | null)?.account,
    record.recipientAccountId,
    accountIn(readField(record, 'requestParameters', 'policyArn')),
    accountIn(readField(record, 'responseElements', 'policy', 'arn')),
  ];
  return accounts.find(
    (account): account is string => typeof account === 'string' && account !== '' && account !== guarded,
  );
}

/** `arn:aws:iam::123456789012:policy/x` → `123456789012`. */
function accountIn(arn: unknown): string | undefined {
  const account = typeof arn === 'string' ? arn.split(':')[4] : undefined;
  return account === 'aws' ? undefined : account;
}
