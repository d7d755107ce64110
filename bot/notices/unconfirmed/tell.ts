import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { Restart } from '../../../workflow/ledger/restarts.ts';
import { namedInLedger } from '../../../workflow/steps/no-event.ts';
import type { Ended } from '../../../workflow/steps/payloads.ts';
import { audit } from '../delivery/audit.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { tellEverywhere } from '../escalation/everywhere.ts';
import { refreshRequest } from '../request/show.ts';
import { describeStarter, describeUnconfirmed } from './words.ts';

/**
 * The TellUnconfirmed step: as loudly as it goes, what CloudTrail does not confirm of a request, or who started an
 * execution with what is no event. All of it comes from the ledger: whoever merely starts an execution has nothing told
 * but the truth.
 *
 * @param named by `requestId`: a request, or an execution that has died
 * @throws NotDeliveredError when neither Slack nor e-mail took it, NoEventError where the ledger holds neither
 */
export async function tellUnconfirmed(
  deps: NotifyDeps,
  { requestId }: { requestId: string },
): Promise<Ended> {
  const { ledger } = deps;
  const found = await namedInLedger(
    requestId,
    async (name) => (await ledger.read(name)) ?? (await ledger.readRestart(name)),
  );
  return 'root' in found ? tellStarter(deps, found) : tellRefuted(deps, found);
}

async function tellRefuted(deps: NotifyDeps, request: ApprovalRequest): Promise<Ended> {
  const { id: requestId, change, executionArn } = request;
  const described = describeUnconfirmed(request);
  const ended = { outcome: 'duplicate' as const, requestId };
  if (described === undefined) return { ...ended, reason: 'There is nothing to tell.' };
  const told = await tellEverywhere(deps, described);
  await audit(deps, {
    ...{ event: 'unconfirmed.told', requestId, detail: `${described.danger} Told ${told.where}.` },
    ...{ ...told.ids, eventId: change.eventId, executionArn },
  });
  await refreshRequest(deps, requestId);
  return { ...ended, reason: described.danger };
}

async function tellStarter(deps: NotifyDeps, { startedBy, executionArn }: Restart): Promise<Ended> {
  const ended = { outcome: 'duplicate' as const };
  if (startedBy === undefined) return { ...ended, reason: 'There is nothing to tell.' };
  const described = describeStarter(startedBy, executionArn);
  const told = await tellEverywhere(deps, described);
  const detail = `${described.danger} Told ${told.where}.`;
  await audit(deps, { event: 'starter.told', detail, ...told.ids, executionArn });
  return { ...ended, reason: described.danger };
}
