import { bestEffort } from '../../workflow/runtime/best-effort.ts';
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
  return announceUndecided(deps, state, retryCount);
}

/**
 * What has ended without a decision that was carried out. Of what could not be taken out of force for a while people were
 * asked meanwhile: that request ends with it, and else would wait for ever.
 */
async function announceUndecided(deps: NotifyDeps, state: EndedEarly, retryCount: number): Promise<Ended> {
  const { status, detail, change, inspection, executionArn } = state;
  const { requestId } = change;
  const why = 'Nothing told whether people were asked about it; what they were asked ends later.';
  const request = await bestEffort(deps.log.warn, why, { requestId }, () => deps.ledger.read(requestId));
  if (status === 'foreign' || request?.executionArn !== executionArn) {
    return announceEarlyEnd(deps, state, retryCount);
  }
  const { containment } = request;
  const ended = { requestId, change, inspection, containment, executionArn, detail };
  return announceOutcome(deps, { ...ended, status: 'recorded', outcome: status }, retryCount);
}
