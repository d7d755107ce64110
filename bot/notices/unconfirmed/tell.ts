import { UnknownRequestError } from '../../../workflow/ledger/errors.ts';
import type { Ended } from '../../../workflow/steps/payloads.ts';
import { audit } from '../delivery/audit.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { tellEverywhere } from '../escalation/everywhere.ts';
import { refreshRequest } from '../request/show.ts';
import { describeUnconfirmed } from './words.ts';

/**
 * The TellUnconfirmed step: as loudly as it goes, what CloudTrail does not confirm of a request. All of it comes from the
 * ledger: whoever merely starts an execution has nothing told but the truth.
 *
 * @throws NotDeliveredError when neither Slack nor e-mail took it
 */
export async function tellUnconfirmed(
  deps: NotifyDeps,
  { requestId }: { requestId: string },
): Promise<Ended> {
  const request = await deps.ledger.read(requestId);
  if (request === undefined) throw new UnknownRequestError(requestId);
  const described = describeUnconfirmed(request);
  const ended = { outcome: 'duplicate' as const, requestId };
  if (described === undefined) return { ...ended, reason: 'There is nothing to tell.' };
  const told = await tellEverywhere(deps, described);
  const { eventId } = request.change;
  await audit(deps, {
    ...{ event: 'unconfirmed.told', requestId, detail: `${described.danger} Told ${told}.`, eventId },
    executionArn: request.executionArn,
  });
  await refreshRequest(deps, requestId);
  return { ...ended, reason: described.danger };
}
