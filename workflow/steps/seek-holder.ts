import type { Change } from '../events/change.ts';
import { requestIdOf } from '../events/request-id.ts';
import type { Contained } from './contain-wherever.ts';

/**
 * What nobody of its name holds may be in force all the same: a user or group whom no sweep has seen may have given the
 * name up, and the event of that comes later. Reconcile looks for that one for an hour.
 *
 * @param change as its event tells it
 * @returns what was done, with who is still to be found among the others
 */
export function seekHolder(change: Change, contained: Contained): Contained {
  const { result, others } = contained;
  const { target, holder, accountId, eventId, requestId } = change;
  const isNowhere = result.status === 'gone' || (result.status === 'superseded' && !result.isDecided);
  if (!isNowhere || holder !== undefined || target.type === 'managed-policy' || target.entity === 'role') {
    return contained;
  }
  const sought = requestIdOf(accountId, eventId, JSON.stringify([requestId, 'sought']));
  const padded: Record<string, string> =
    target.type === 'inline-policy' ? { policyName: target.policyName } : {};
  return { ...contained, others: [...others, { requestId: sought, padded, seeksHolder: true }] };
}
