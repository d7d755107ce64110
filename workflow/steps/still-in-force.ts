import { type Change, changeSchema } from '../events/change.ts';
import { recordIn } from '../events/cloudtrail-record.ts';
import { readEvent } from '../events/read-event.ts';
import { type PackedDocument, packedDocumentSchema, packIfSmall } from '../inspection/packed-document.ts';
import { type InspectionSummary, inspectionSummarySchema } from '../inspection/summarise.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { OpenRequest } from '../ledger/open-requests.ts';
import type { ApprovalRequest } from '../ledger/request.ts';
import * as z from '../runtime/zod.ts';
import { type Failure, failureSchema } from './payloads.ts';

/** What goes on after quarantine has failed: `left`, people approved it as it is; `unfinished`, after a day. */
export type NextTry = 'quarantine' | 'left' | 'unfinished';

/** A grant that is in force although it should not be, as far as the state tells. */
export interface StillInForce {
  change?: Change;
  inspection: InspectionSummary;
  document?: PackedDocument;
  event?: PackedDocument;
  /** What the last try of Quarantine failed with. */
  trouble: Failure;
  /** When this execution has told people of it, ISO 8601. */
  toldAt?: string;
}

const packed = z.catch(z.optional(packedDocumentSchema), undefined);
const UNKNOWN: Failure = { Error: 'unknown', Cause: 'The state says nothing about what failed.' };
const stateSchema = z.object({
  change: z.catch(z.optional(changeSchema), undefined),
  inspection: z.catch(z.optional(inspectionSummarySchema), undefined),
  document: packed,
  event: z.optional(z.unknown()),
  trouble: z.catch(failureSchema, UNKNOWN),
  trying: z.catch(z.optional(z.object({ toldAt: z.iso.datetime() })), undefined),
});

/** @param state what Quarantine was given, with its `trouble`; of any shape, since this must never be what fails */
export function readStillInForce(state: unknown): StillInForce {
  const parsed = stateSchema.safeParse(state);
  const { change, inspection, document, event, trouble, trying } = parsed.success
    ? parsed.data
    : stateSchema.parse({});
  const known = change ?? changeIn(event);
  const kept =
    change === undefined && known ? packIfSmall(JSON.stringify(recordIn(event))) : packed.parse(event);
  return {
    ...(known && { change: known }),
    inspection: inspection ?? { findings: [], total: 0, unreadable: 'It could not be inspected.' },
    ...(document && { document }),
    ...(kept && { event: kept }),
    trouble,
    ...(trying && { toldAt: trying.toldAt }),
  };
}

function changeIn(event: unknown): Change | undefined {
  try {
    const reading = readEvent(event);
    return reading.type === 'change' ? changeSchema.parse(reading.parsed.change) : undefined;
  } catch {
    return undefined;
  }
}

interface Recording {
  executionArn: string;
  now: Date;
  timeoutSeconds: number;
  approvalsRequired: number;
  beforeAsked: Required<Pick<ApprovalRequest, 'requester' | 'approvalsNeeded'>>;
}

/**
 * Makes the request while the grant is still in force, so that people can decide about it. Safe to repeat.
 *
 * @returns the request, or the one that covers this change already
 */
export async function recordStillInForce(
  ledger: Pick<Ledger, 'record' | 'readOpen' | 'nameRequester'>,
  { change, inspection, document, event, trouble }: StillInForce & { change: Change },
  { executionArn, now, timeoutSeconds, beforeAsked, approvalsRequired }: Recording,
): Promise<OpenRequest | undefined> {
  const result = await ledger.record({
    ...{ id: change.requestId, status: 'pending', change, inspection },
    ...(document && { document }),
    ...(event && { event }),
    containment: { type: 'none' },
    inForceBecause: trouble.Error,
    createdAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + timeoutSeconds * 1000).toISOString(),
    ...{ executionArn, votes: [], ...beforeAsked },
  });
  if (result.status === 'recorded' || result.of === change.requestId)
    return ledger.readOpen(change.requestId);
  const { requester, eventId } = change;
  const named = { requester, match: beforeAsked.requester, eventId, executionArn, at: now.toISOString() };
  await ledger.nameRequester(result.of, named, approvalsRequired);
  return ledger.readOpen(result.of);
}

const FIRST_SECONDS = 30;
const LONGEST_SECONDS = 900;
const DAY_SECONDS = 86_400;

/**
 * What comes next, and after how many seconds. As long again as it has been tried already, so that the waits double:
 * from half a minute to a quarter of an hour.
 *
 * @param startedAt when the execution was started
 */
export function nextTry(
  open: OpenRequest | undefined,
  startedAt: Date,
  now: Date,
): { next: NextTry; seconds: number } {
  const tried = Math.floor((now.getTime() - startedAt.getTime()) / 1000);
  const seconds = Math.min(Math.max(tried, FIRST_SECONDS), LONGEST_SECONDS);
  if (open?.request.decision?.decision === 'approved') return { next: 'left', seconds };
  return { next: tried >= DAY_SECONDS ? 'unfinished' : 'quarantine', seconds };
}
