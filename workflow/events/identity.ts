import type { Requester } from './change.ts';

/**
 * Names a requester by all that tells people apart: two events with the same identity name the same maker. From where
 * and with what a call was made says nothing of who made it.
 */
export function identityOf({ type, arn, roleArn, label, names }: Requester): string {
  return JSON.stringify([type, arn ?? label, roleArn ?? null, ...names.toSorted()]).toLowerCase();
}
