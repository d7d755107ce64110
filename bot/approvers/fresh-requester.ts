import type { RequesterMatch, Surroundings } from '../../workflow/ledger/request.ts';

/** What is known of how long an IAM user has been who it is; undefined for what could not be found out. */
interface RequesterAge {
  age: Surroundings['requesterAge'];
  /** When the ledger first saw the user under its name. ISO 8601, UTC. */
  seenSince: string | undefined;
}

/**
 * Why the name of an IAM user proves nothing yet: whoever may make users, rename them or give them keys can act by any
 * name. Pure.
 *
 * @param freshSeconds for how long that is so
 * @returns one sentence; undefined where the user has had its name and its credentials for long enough
 */
export function whyFresh(
  { age, seenSince }: RequesterAge,
  now: Date,
  freshSeconds: number,
): string | undefined {
  if (age === undefined || seenSince === undefined) return 'How old the user is could not be found out';
  const isNew = (time: string) => now.getTime() - Date.parse(time) < freshSeconds * 1000;
  if (isNew(age.createdAt)) return 'The user was made only just now, so that its name proves nothing yet';
  if (age.credentialAt !== undefined && isNew(age.credentialAt)) {
    return 'The user got an access key or a password only just now, so that its name proves nothing yet';
  }
  return isNew(seenSince)
    ? 'The user was never seen under this name before, so that it proves nothing yet'
    : undefined;
}

/** A match that rests on a name which proves nothing: whom it points to may not decide, and two others have to. */
export function asClaim(match: RequesterMatch, why: string): RequesterMatch {
  return match.status === 'matched' ? { status: 'unmatched', why, claims: match.slackUserId } : match;
}
