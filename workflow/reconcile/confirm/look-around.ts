import type { CloudTrailRecord } from '../../events/cloudtrail-record.ts';
import { identityOf } from '../../events/identity.ts';
import { targetInEvent } from '../../events/of-holder.ts';
import { isOwnChange } from '../../events/own-change.ts';
import { paddedCalls, paddedSearch } from '../../events/padded-change.ts';
import { describeRequester } from '../../events/requester.ts';
import { lacksVotes } from '../../ledger/count-votes.ts';
import type { ApprovalRequest } from '../../ledger/request.ts';
import { MOST_REQUESTS } from '../../ledger/requests.ts';
import { targetKey } from '../../ledger/target-key.ts';
import type { ReconcileTools } from '../tools.ts';
import { isAboutAny, resourceOf } from './is-about.ts';

/** Somebody who has put in force what a request is about, as CloudTrail tells it, and nobody has approved that. */
export interface Maker {
  identity: string;
  record: CloudTrailRecord;
}

export interface Around {
  /** The newest event of each. */
  makers: Maker[];
  /**
   * CloudTrail shows what the guard itself has done about it. So it has come that far, and what it does not show before
   * has not happened.
   */
  complete: boolean;
}

/** Ninety days of a busy role; at two pages a second they take most of a minute. */
const MOST_EVENTS = 5_000;

/** By how much the guard's first write may come before the end of its quarantine. Milliseconds. */
const QUARANTINE_MS = 60 * 60_000;

/**
 * Reads in CloudTrail who has really put in force what a request is about.
 *
 * @throws CloudTrailUnavailableError, and Error where there is too much to read
 */
export async function lookAround(tools: ReconcileTools, request: ApprovalRequest): Promise<Around> {
  const makers = new Map<string, Maker>();
  const earlier = await approvedBefore(tools, request);
  const begun = Date.parse(request.quarantinedAt ?? request.createdAt) - QUARANTINE_MS;
  let complete = false;
  let count = 0;
  for await (const record of recordsAbout(tools, request)) {
    if (++count > MOST_EVENTS)
      throw new Error(`CloudTrail holds more than ${MOST_EVENTS} events of one resource.`);
    if (isOwnChange(record, tools.containRoleArn)) {
      complete ||= Date.parse(record.eventTime) >= begun;
      continue;
    }
    const identity = identityOf(describeRequester(record));
    if (makers.has(identity) || isAccountedFor(record, earlier)) continue;
    if (await isAboutAny(record, request, tools.ledger)) makers.set(identity, { identity, record });
  }
  return { makers: [...makers.values()], complete };
}

/**
 * Under the name that the event tells, under all that whoever holds it has had, and of what names nothing, because its
 * document was padded, all that came shortly before quarantine.
 */
async function* recordsAbout({ cloudTrail, ledger }: ReconcileTools, request: ApprovalRequest) {
  const { change, principal, quarantinedAt, createdAt } = request;
  const { target } = change;
  const former =
    target.type === 'managed-policy' || principal === undefined
      ? []
      : await ledger.formerNames(target.entity, target.entityName, principal.id);
  const names = [targetInEvent(change), target].map(resourceOf);
  for (const name of new Set([...names, ...former])) yield* cloudTrail.lookUp('ResourceName', name);
  const to = new Date(quarantinedAt ?? createdAt);
  const around = { from: new Date(to.getTime() - QUARANTINE_MS), to };
  for (const name of paddedCalls(target)) {
    for await (const record of cloudTrail.lookUp('EventName', name, around)) {
      if (paddedSearch(record) !== undefined) yield record;
    }
  }
}

/** Earlier requests about the very same that were approved. */
async function approvedBefore(
  { ledger }: ReconcileTools,
  request: ApprovalRequest,
): Promise<ApprovalRequest[]> {
  const { accountId, target } = request.change;
  const about = await ledger.listByTarget(targetKey(accountId, target), MOST_REQUESTS);
  return about.filter(
    (other) =>
      other.id !== request.id &&
      other.document?.sha256 === request.document?.sha256 &&
      other.decision?.decision === 'approved' &&
      !lacksVotes(other),
  );
}

/** It was asked about itself, or came after an approval, which covers doing the same again. */
function isAccountedFor(
  { eventID, eventTime }: CloudTrailRecord,
  earlier: readonly ApprovalRequest[],
): boolean {
  return earlier.some(
    ({ change, alsoNamed = [], decision }) =>
      [change, ...alsoNamed].some(({ eventId }) => eventId === eventID) ||
      Date.parse(eventTime) > Date.parse(decision?.at ?? ''),
  );
}
