import type { Requester } from '../events/change.ts';
import { identityOf } from '../events/identity.ts';
import type { AlsoNamed, ApprovalRequest, RequesterMatch } from './request.ts';

/** One name for who made a change, and who that is in Slack, as far as it is known. */
export interface NamedRequester {
  requester: Requester;
  match: RequesterMatch | undefined;
}

type Named = Pick<ApprovalRequest, 'change' | 'requester' | 'refuted' | 'alsoNamed'>;

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
 * The names beside that of the first event, with one more or, where its identity is among them, with who that is in Slack.
 *
 * @returns undefined when it is the identity of the first event
 */
export function withName(request: Named, named: AlsoNamed): AlsoNamed[] | undefined {
  const identity = identityOf(named.requester);
  if (identity === identityOf(request.change.requester)) return undefined;
  const others = request.alsoNamed ?? [];
  if (!others.some((other) => identityOf(other.requester) === identity)) return [...others, named];
  return others.map((other) =>
    identityOf(other.requester) === identity ? { ...other, match: named.match } : other,
  );
}
