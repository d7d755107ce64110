import type { Requester } from '../change.ts';
import { arnsOf, covers } from '../requester-arns.ts';
import type { Exemption } from './exemption.ts';

/**
 * The first exemption that holds for a requester: its pattern matches the ARN of the identity, or of the role behind
 * a session. A session name that the caller chose makes nobody exempt: there the pattern has to match every session.
 *
 * @param at the later of the change's time and now: a change that is reported late is not judged by what held once
 */
export function findExemption(
  exemptions: readonly Exemption[],
  requester: Requester,
  at: Date,
): Exemption | undefined {
  const day = at.toISOString().slice(0, 10);
  const { certain } = arnsOf(requester);
  // The last day counts whole, in UTC.
  return exemptions.find(({ pattern, until }) => day <= until && covers(pattern, certain));
}
