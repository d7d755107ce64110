import type { Requester } from '../events/change.ts';
import { identityOf } from '../events/identity.ts';
import type { AlsoNamed, ApprovalRequest, RequesterMatch, Verdict } from './request.ts';

/** One name for who made a change, and who that is in Slack, as far as it is known. */
export interface NamedRequester {
  requester: Requester;
  match: RequesterMatch | undefined;
}

type Named = Pick<ApprovalRequest, 'change' | 'requester' | 'confirmed' | 'refuted' | 'alsoNamed'>;

/**
 * Everybody whom an event about this change names as its maker, the one of the first event first. Names that
 * CloudTrail does not confirm do not count.
 */
export function requestersOf({ change, requester, refuted, alsoNamed = [] }: Named): NamedRequester[] {
  const first = { requester: change.requester, match: requester };
  const others = alsoNamed.filter((named) => named.refuted === undefined);
  return [
    ...(refuted === undefined ? [first] : []),
    ...others.map((named) => ({ requester: named.requester, match: named.match })),
  ];
}

/** Everybody whom an event has named whom CloudTrail does not confirm, the one of the first event first. */
export function refutedOf({ change, refuted, alsoNamed = [] }: Named): Refuted[] {
  const named = [{ requester: change.requester, eventId: change.eventId, refuted }, ...alsoNamed];
  return named.flatMap(({ requester, eventId, refuted: why }) =>
    why === undefined ? [] : [{ requester, eventId, ...why }],
  );
}

export type Refuted = Pick<AlsoNamed, 'requester' | 'eventId'> & NonNullable<Verdict['refuted']>;

/**
 * How many different approvers a request needs: a requester whom nobody can name could be the one who approves. So
 * could whoever made a change that CloudTrail knows nothing of.
 */
export function approvalsNeededFor(
  matches: readonly (RequesterMatch | undefined)[],
  required: number,
): number {
  const known = matches.length > 0 && matches.every((match) => match?.status === 'matched');
  return known ? required : Math.max(required, 2);
}

/** The Slack users whose approval of this request would be one of their own change. */
export function slackUsersOf(request: Named): string[] {
  return requestersOf(request).flatMap(({ match }) =>
    match?.status === 'matched' ? [match.slackUserId] : [],
  );
}

/**
 * The names beside that of the first event, with one more or, where its identity is among them, with who that is in
 * Slack. A name that does not count any more does again, when another event gives it.
 *
 * @returns undefined when it is the identity of the first event
 */
export function withName(request: Named, named: AlsoNamed): AlsoNamed[] | undefined {
  const identity = identityOf(named.requester);
  const others = request.alsoNamed ?? [];
  if (identity === identityOf(request.change.requester)) {
    const again = request.refuted !== undefined && named.eventId !== request.change.eventId;
    if (!again) return undefined;
  }
  if (!others.some((other) => identityOf(other.requester) === identity)) return [...others, named];
  return others.map((other) => {
    if (identityOf(other.requester) !== identity) return other;
    const again = other.refuted !== undefined && named.eventId !== other.eventId;
    return again ? named : { ...other, match: named.match };
  });
}

/** The event that gave a name to who made a change. */
export interface NamingEvent {
  /** As `identityOf` names them. */
  identity: string;
  eventId: string;
}

/**
 * A request with what CloudTrail says of one of the events that named somebody.
 *
 * @returns undefined when no such event has, and when this is known
 */
export function withVerdict<Request extends Named>(
  request: Request,
  { identity, eventId }: NamingEvent,
  verdict: Verdict,
): Request | undefined {
  const isIt = (named: Pick<AlsoNamed, 'requester' | 'eventId'>) =>
    named.eventId === eventId && identityOf(named.requester) === identity;
  const isOpen = (named: Verdict) => named.confirmed === undefined && named.refuted === undefined;
  const { change, alsoNamed = [] } = request;
  if (isIt(change) && isOpen(request)) return { ...request, ...verdict };
  if (!alsoNamed.some((named) => isIt(named) && isOpen(named))) return undefined;
  return {
    ...request,
    alsoNamed: alsoNamed.map((named) => (isIt(named) ? { ...named, ...verdict } : named)),
  };
}
