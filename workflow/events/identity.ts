import type { Requester } from './change.ts';

/**
 * Names a requester by all that tells people apart: two events with the same identity name the same maker. From where
 * and with what a call was made says nothing of who made it. An IAM user is known by its unique id and by the
 * credentials of the call too: by its name alone, whoever borrows that would pass for it.
 */
export function identityOf({ type, arn, roleArn, label, names, user }: Requester): string {
  const credentials = user && [
    user.name,
    user.id ?? null,
    user.accessKeyId ?? null,
    user.sessionSince ?? null,
    user.console ?? false,
  ];
  const parts = [type, arn ?? label, roleArn ?? null, ...names.toSorted(), ...(user ? [credentials] : [])];
  return JSON.stringify(parts).toLowerCase();
}
