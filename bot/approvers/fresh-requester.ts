import type { CallingUser } from '../../workflow/events/change.ts';
import { isTemporary } from '../../workflow/events/identity.ts';
import type { RequesterMatch, Surroundings } from '../../workflow/ledger/request.ts';

type Age = NonNullable<Surroundings['requesterAge']>;

/** What is known of how long an IAM user has been who it is; undefined for what could not be found out. */
interface RequesterAge {
  /** Who made the call, as the event tells it. */
  user: CallingUser | undefined;
  /** The user that has the name now. */
  age: Age | undefined;
  /** When the ledger first saw that user under its name. ISO 8601, UTC. */
  seenSince: string | undefined;
}

/**
 * Why the name of an IAM user proves nothing: whoever may make users, rename them or give them keys can act by any
 * name, and leave no trace of it in IAM. So what is read there has to be what made the call. Pure.
 *
 * @param at when the change was made: what was new then stays so
 * @param freshSeconds for how long something is new
 * @returns one sentence; undefined where the user has had its name and its credentials for long enough
 */
export function whyFresh(
  { user, age, seenSince }: RequesterAge,
  at: Date,
  freshSeconds: number,
): string | undefined {
  if (user?.id === undefined || user.accessKeyId === undefined) {
    return 'The event does not tell which user made the call and with what key, so that the name proves nothing';
  }
  if (age === undefined) return 'How old the user is could not be found out';
  if (!isSameUser(user, age)) return 'The name is another user’s than the one that made the call';
  const isNew = (time: string) => at.getTime() - Date.parse(time) < freshSeconds * 1000;
  if (isNew(age.createdAt)) return 'The user was made only just now, so that its name proves nothing yet';
  if (credentialTimes(age).some(isNew)) {
    return 'The user got an access key or a password only just now, so that its name proves nothing yet';
  }
  const why = whyCredentialProvesNothing({ ...user, accessKeyId: user.accessKeyId }, age, isNew);
  if (why !== undefined) return why;
  if (seenSince === undefined) return 'Since when the user has this name could not be found out';
  return isNew(seenSince)
    ? 'The user was never seen under this name before, so that it proves nothing yet'
    : undefined;
}

/** Whether the user that has a name now is the one that made the call. */
export function isSameUser(user: CallingUser | undefined, age: Age): boolean {
  return user?.id === age.userId;
}

function credentialTimes({ accessKeys, passwordAt }: Age): string[] {
  return [...accessKeys.map(({ createdAt }) => createdAt), ...(passwordAt === undefined ? [] : [passwordAt])];
}

/**
 * Temporary credentials go on working when the key that has opened their session is deleted, and no record tells which
 * it was. Source: AWS STS, GetSessionToken and GetFederationToken.
 */
function whyCredentialProvesNothing(
  { accessKeyId, sessionSince, console }: CallingUser & { accessKeyId: string },
  { accessKeys, passwordAt }: Age,
  isNew: (time: string) => boolean,
): string | undefined {
  if (!isTemporary(accessKeyId)) {
    return accessKeys.some(({ id }) => id === accessKeyId)
      ? undefined
      : 'The access key of the call is none of the user’s any more, so that the name proves nothing';
  }
  if (console) {
    return passwordAt === undefined
      ? 'The password that opened the console session is gone, so that the name proves nothing'
      : undefined;
  }
  return sessionSince === undefined || isNew(sessionSince)
    ? 'Which access key has opened the session of the call cannot be told, so that the name proves nothing yet'
    : undefined;
}

/** A match that rests on a name which proves nothing: whom it points to may not decide, and two others have to. */
export function asClaim(match: RequesterMatch, why: string): RequesterMatch {
  return match.status === 'matched' ? { status: 'unmatched', why, claims: match.slackUserId } : match;
}
