import type { CallingUser, Requester } from './change.ts';

/**
 * Names a requester by all that tells people apart: two events with the same identity name the same maker. From where
 * and with what a call was made says nothing of who made it. An IAM user is known by its unique id and by the
 * credentials of the call too: by its name alone, whoever borrows that would pass for it.
 */
export function identityOf({ type, arn, roleArn, label, names, user }: Requester): string {
  const credentials = user === undefined ? [] : [credentialsOf(user)];
  const parts = [type, arn ?? label, roleArn ?? null, ...names.toSorted(), ...credentials];
  return JSON.stringify(parts).toLowerCase();
}

/** Whether an access key is one of a session. Source: IAM User Guide, "Unique identifiers". */
export function isTemporary(accessKeyId: string): boolean {
  return accessKeyId.startsWith('ASIA');
}

/** A session of the console has another key every few minutes, and is the same. */
function credentialsOf({ name, id, accessKeyId, sessionSince, console }: CallingUser) {
  const key = accessKeyId && (isTemporary(accessKeyId) ? 'session' : accessKeyId);
  return [name, id ?? null, key ?? null, sessionSince ?? null, console ?? false];
}
