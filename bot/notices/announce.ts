import type { Contained, Ended } from '../../workflow/steps/payloads.ts';
import { announceDuplicate } from './covered/tell.ts';
import type { NotifyDeps } from './delivery/deps.ts';
import { announceEarlyEnd } from './ended-early.ts';
import { announceForeign } from './foreign.ts';
import { announceOutcome } from './outcome/tell.ts';
import type { Covered, EndedEarly, ForeignUnread } from './payload.ts';

type Announced = Contained | EndedEarly | Covered | ForeignUnread;

/**
 * The Announce step: says how it ended, in Slack or by e-mail, and closes the request.
 *
 * @throws SlackRateLimitedError, NotDeliveredError, and what the ledger throws: no end may be silent
 */
export async function announce(
  deps: NotifyDeps,
  { state, retryCount }: { state: Announced; retryCount: number },
): Promise<Ended> {
  const ended = await announceAny(deps, state, retryCount);
  deps.metrics.ended(ended.outcome);
  return ended;
}

function announceAny(deps: NotifyDeps, state: Announced, retryCount: number): Promise<Ended> {
  if ('outcome' in state) return announceOutcome(deps, state, retryCount);
  if (state.status === 'duplicate') return announceDuplicate(deps, state, retryCount);
  if (!('change' in state)) return announceForeign(deps, state, retryCount);
  return announceEarlyEnd(deps, state, retryCount);
}
