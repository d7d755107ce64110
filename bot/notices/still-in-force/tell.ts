import type { OpenRequest } from '../../../workflow/ledger/open-requests.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import { keepOthersAnyhow } from '../../../workflow/steps/keep-others.ts';
import {
  type NextTry,
  nextTry,
  readStillInForce,
  recordStillInForce,
  type StillInForce,
} from '../../../workflow/steps/still-in-force.ts';
import { identifyAgain, unidentified } from '../../approvers/identify-requester.ts';
import { audit } from '../delivery/audit.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { isAsked } from '../delivery/is-asked.ts';
import type { ToldEverywhere } from '../escalation/everywhere.ts';
import { tellOnce } from '../escalation/tell.ts';
import { describeEscalation } from '../escalation/words.ts';
import { ask } from '../request/ask.ts';
import { requestEmail } from '../request/email.ts';

interface StillInForceInput {
  state?: unknown;
  executionArn: string;
  /** When the execution was started, ISO 8601. */
  startedAt: string;
}

interface Trying {
  next: NextTry;
  /** How long to wait before. */
  seconds: number;
  requestId: string;
  /** When people were told, ISO 8601, which the ledger may not keep. */
  toldAt: string | null;
}

/**
 * The StillInForce step, after quarantine has failed: makes the request, tells loudly, once for an incident, and asks;
 * then says when to try again. Neither the ledger nor Slack holds up the next try.
 */
export async function stillInForce(deps: NotifyDeps, input: StillInForceInput): Promise<Trying> {
  const { executionArn } = input;
  const grant = readStillInForce(input.state);
  const [open] = await Promise.all([
    record(deps, grant, executionArn),
    keepOthersAnyhow({ ...deps, now: deps.now() }, input.state, executionArn),
  ]);
  const trying = nextTry(open, new Date(input.startedAt), deps.now());
  const requestId = open?.request.id ?? grant.change?.requestId ?? '';
  const isLeft = trying.next === 'left';
  const told = isLeft ? undefined : await tell(deps, { grant, open, executionArn, next: trying.next });
  const toldAt = told === undefined ? (grant.toldAt ?? null) : deps.now().toISOString();
  return { ...trying, requestId, toldAt };
}

async function record(
  deps: NotifyDeps,
  { change, ...grant }: StillInForce,
  executionArn: string,
): Promise<OpenRequest | undefined> {
  if (change === undefined) return undefined;
  const { APPROVALS_REQUIRED, REQUEST_TIMEOUT_SECONDS: timeoutSeconds } = deps.settings;
  const beforeAsked = unidentified(APPROVALS_REQUIRED);
  const recording = {
    ...{ executionArn, now: deps.now(), timeoutSeconds, beforeAsked },
    approvalsRequired: APPROVALS_REQUIRED,
  };
  const fields = { executionArn, requestId: change.requestId };
  return bestEffort(deps.log.error, 'A grant that is in force could not be recorded.', fields, () =>
    recordStillInForce(deps.ledger, { change, ...grant }, recording),
  );
}

interface Telling {
  grant: StillInForce;
  open: OpenRequest | undefined;
  executionArn: string;
  next: NextTry;
}

/** @returns undefined when it was told before */
async function tell(
  deps: NotifyDeps,
  { grant, open, executionArn, next }: Telling,
): Promise<ToldEverywhere | undefined> {
  const { change, inspection, trouble: failure } = grant;
  const about = { ...(change && { change }), inspection, quarantined: false, failure, executionArn };
  const described = describeEscalation({ ...about, goesOn: true });
  const told = await tellOnce(deps, described, open, { again: next === 'unfinished', toldAt: grant.toldAt });
  if (told !== undefined) {
    await audit(deps, {
      event: next === 'unfinished' ? 'quarantine.unfinished' : 'quarantine.failed',
      requestId: open?.request.id,
      detail: `${described.failure} Told ${told.where}.`,
      ...told.ids,
      eventId: change?.eventId,
      executionArn,
    });
  }
  const request = open?.request;
  if (request?.status !== 'pending' || request.executionArn !== executionArn || isAsked(request)) return told;
  const fields = { requestId: request.id };
  await bestEffort(deps.log.warn, 'A grant that is in force could not be asked about.', fields, async () =>
    ask(deps, await identifyAgain(deps, request), { retryCount: 0, toEmail: requestEmail }),
  );
  return told;
}
