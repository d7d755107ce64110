import { putsBack } from '../ledger/count-votes.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { OpenRequest } from '../ledger/open-requests.ts';
import type { ApprovalRequest } from '../ledger/request.ts';
import { nudges } from './expire-or-remind.ts';
import { namedInLedger } from './no-event.ts';
import type { NudgeRules } from './nudges.ts';
import { type Contained, containedSchema, type Judgement, type Waiting } from './payloads.ts';

/** Where an execution goes on that takes up a request, with the state that comes there; `nothing` ends it. */
type Resumed =
  | ({ next: 'quarantine' } & Judgement)
  | ({ next: 'ask' | 'expire' | 'restore' | 'discard' } & Waiting)
  | ({ next: 'announce' } & Contained)
  | { next: 'nothing'; reason: string };

interface ResumeDependencies {
  ledger: Pick<Ledger, 'readOpen'>;
  now: Date;
  nudgeRules: NudgeRules;
}

/**
 * The Resume step: where a request is, by the ledger alone, and what comes next. It goes on only for the execution
 * that the ledger names as the request's: whoever merely starts one has nothing from it. Writes nothing.
 *
 * @throws NoEventError where there is no such request
 */
export async function resume(
  { ledger, now, nudgeRules }: ResumeDependencies,
  { requestId, executionArn }: { requestId: string; executionArn: string },
): Promise<Resumed> {
  const found = await namedInLedger(requestId, ledger.readOpen);
  if (found.request.executionArn !== executionArn) {
    return { next: 'nothing', reason: `Another execution works for request ${requestId}.` };
  }
  return whatNext(found, now, nudgeRules);
}

function whatNext({ request, announcedAt }: OpenRequest, now: Date, rules: NudgeRules): Resumed {
  const { status, decision, inForceBecause } = request;
  if (status === 'closed') return closed(request, announcedAt);
  const isApproved = decision?.decision === 'approved';
  if (inForceBecause !== undefined && !isApproved) {
    return { next: 'quarantine', ...quarantineAgain(request, inForceBecause) };
  }
  if (inForceBecause !== undefined && request.document === undefined) return leftInForce(request);
  const { nudged, seconds } = nudges(request, now, rules, 0);
  const waiting: Waiting = { ...baseOf(request), nudged, wait: { seconds } };
  if (decision !== undefined) {
    return { next: putsBack(decision) ? 'restore' : 'discard', ...waiting };
  }
  return { next: Date.parse(request.expiresAt) <= now.getTime() ? 'expire' : 'ask', ...waiting };
}

/** It has happened; perhaps nobody has been told. */
function closed(request: ApprovalRequest, announcedAt: string | undefined): Resumed {
  const ended = containedSchema.safeParse({
    ...baseOf(request),
    outcome: request.outcome,
    detail: request.outcomeDetail,
  });
  if (announcedAt === undefined && ended.success) return { next: 'announce', ...ended.data };
  return { next: 'nothing', reason: `Request ${request.id} has ended as ${request.outcome}.` };
}

function leftInForce(request: ApprovalRequest): Resumed {
  return { next: 'announce', ...leftAsApproved(request) };
}

/** What becomes of a grant that could not be taken out of force or be read, and that people approve. */
function leftAsApproved(request: ApprovalRequest): Contained {
  return { ...baseOf(request), outcome: 'approved', detail: 'It is in force, and was left so.' };
}

/** What quarantine is given for a request whose grant is in force. */
export function quarantineAgain(request: ApprovalRequest, why: string): Judgement {
  const { change, inspection, document, event } = request;
  return {
    ...{ verdict: 'restricted', reason: why, notifyAllowed: false, change, inspection },
    ...(document && { document }),
    ...(event && { event }),
  };
}

function baseOf({ id, change, inspection, containment, executionArn }: ApprovalRequest) {
  return {
    ...{ requestId: id, status: 'recorded' as const },
    ...{ change, inspection, containment, executionArn },
  };
}
