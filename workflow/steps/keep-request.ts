import { LedgerContentionError } from '../ledger/errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { ApprovalRequest, RequesterMatch } from '../ledger/request.ts';
import { countEarlier } from './count-earlier.ts';

export type Identified = Required<Pick<ApprovalRequest, 'requester' | 'approvalsNeeded'>>;

type KeepLedger = Pick<Ledger, 'record' | 'listByRequester' | 'nameRequester' | 'storeRequester' | 'audit'>;

export interface KeepDependencies<Needed extends KeepLedger = KeepLedger> {
  ledger: Needed;
  now: Date;
  /** How many approvers a request needs whose requesters are all known. */
  approvalsRequired: number;
  /** What is known of the requester, and how many approvers that takes, before Slack was asked. */
  beforeAsked: Identified;
  /** Who made the change, in Slack; what it means for the number of approvers. Never throws. */
  identify: (request: ApprovalRequest) => Promise<Identified>;
}

/**
 * Writes a request into the ledger, or finds the one that covers it and names its requesters there; then asks Slack who
 * made the change, where that is not known. Safe to repeat.
 *
 * @param detail how it came to be asked about, for the audit trail
 * @throws LedgerContentionError when the request that covers it ends meanwhile: the next try records this one
 */
export async function keepRequest(deps: KeepDependencies, asked: ApprovalRequest, detail: string) {
  const { ledger, now } = deps;
  const request = { ...asked, ...(await countEarlier(ledger, asked)) };
  const result = await ledger.record(request);
  const duplicate = result.status === 'duplicate';
  if (!duplicate) await identifyRequester(deps, request);
  else if (result.of !== request.id) await nameRequesters(deps, request, result.of);
  await ledger.audit({
    at: now.toISOString(),
    event: duplicate ? 'request.duplicate' : 'request.recorded',
    requestId: request.id,
    detail: duplicate ? `${describeDuplicate(request, result.of)} ${detail}` : detail,
    eventId: request.change.eventId,
    executionArn: request.executionArn,
  });
  return result;
}

function describeDuplicate({ change }: ApprovalRequest, of: string): string {
  return `${change.eventName} by ${change.requester.label}, which request ${of} covers.`;
}

/**
 * The same document may have been approved before, for an event that named somebody else, and be put back while this
 * event is on its way. That approval is void since this request was recorded; whoever restores by it may not have seen.
 *
 * @param ended a request that this one follows, and that has put nothing back
 * @returns the id of the request that put it back after this quarantine
 * @throws LedgerContentionError while it is being put back: the next try finds it done
 */
export async function putBackBy(
  ledger: Pick<Ledger, 'readPredecessor'>,
  request: ApprovalRequest,
  ended?: string,
): Promise<string | undefined> {
  const before = await ledger.readPredecessor(request);
  if (before?.decision?.decision !== 'approved' || before.id === ended) return undefined;
  if (before.status === 'decided') throw new LedgerContentionError(before.id);
  const later = Date.parse(before.closedAt ?? '') >= Date.parse(request.quarantinedAt ?? '');
  return later ? before.id : undefined;
}

/**
 * A change that a request covers already may name others as its makers. Which of them it was is not known, so none of
 * them may approve it.
 *
 * @throws LedgerContentionError when the request has ended meanwhile: the next try records one of its own
 */
async function nameRequesters(deps: KeepDependencies, request: ApprovalRequest, coveredBy: string) {
  const { change, alsoNamed = [] } = request;
  await nameRequester(deps, request, coveredBy);
  for (const { requester, eventId, match } of alsoNamed) {
    // What was read around the change is about its first maker alone.
    const { surroundings, ...other } = { ...request, change: { ...change, requester, eventId } };
    await nameRequester(deps, other, coveredBy, match);
  }
}

async function nameRequester(
  { ledger, now, approvalsRequired, beforeAsked, identify }: KeepDependencies,
  request: ApprovalRequest,
  coveredBy: string,
  known: RequesterMatch = beforeAsked.requester,
): Promise<void> {
  const { change, executionArn } = request;
  const { requester: named, eventId } = change;
  const also = {
    ...{ requester: named, match: known, eventId, executionArn },
    at: now.toISOString(),
  };
  const result = await ledger.nameRequester(coveredBy, also, approvalsRequired);
  if (result === 'ended') throw new LedgerContentionError(coveredBy);
  if (result === 'known') return;
  const { requester: match } = known.status === 'unknown' ? await identify(request) : { requester: known };
  if (match.status !== 'unknown') {
    await ledger.nameRequester(coveredBy, { ...also, match }, approvalsRequired);
  }
  await ledger.audit({
    at: now.toISOString(),
    event: 'requester.named',
    requestId: coveredBy,
    detail: `Another event names ${named.label} as who made the change.`,
    eventId,
    executionArn,
  });
}

/** Without an answer of Slack's the request stays as it was written; it is asked again before people are. */
async function identifyRequester({ ledger, identify }: KeepDependencies, request: ApprovalRequest) {
  if (request.requester?.status === 'matched') return;
  const { requester, approvalsNeeded } = await identify(request);
  if (requester.status !== 'unknown') await ledger.storeRequester(request.id, requester, approvalsNeeded);
}
