import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import type { Decider } from '../../approvers/may-decide.ts';
import { describeRequest } from '../../media/wording/describe-request.ts';
import type { GroupResult } from '../../notices/group/progress.ts';
import type { BotDeps } from '../deps.ts';
import type { Refusal } from '../refusal.ts';
import { type CarriedOut, carryOut } from './carry-out.ts';
import { type Attempt, judgeAttempt, readRequest, refuse } from './check-attempt.ts';
import { ONE_BY_ONE } from './left-out.ts';

/** Somebody deciding every request of a list. */
export type GroupAttempt = Omit<Attempt, 'requestId' | 'breakGlass'> & { requestIds: readonly string[] };

interface Watch {
  /** Asked before each: whether there is time for one more. */
  hasTime: () => boolean;
  /** Called after each. */
  done: () => Promise<void>;
}

/** So that the calls of all requests do not time out in each other's queue; one request takes five calls in a row. */
const AT_ONCE = 10;

/**
 * Decides each request by itself, as a click on its own button would. The outcome of each is announced by the state
 * machine, in its own time.
 *
 * @returns what became of those that there was time for, and how many are left
 */
export async function attemptGroup(
  deps: BotDeps,
  { requestIds, ...group }: GroupAttempt,
  decider: Decider,
  { hasTime, done }: Watch,
): Promise<{ results: GroupResult[]; left: number }> {
  const results: GroupResult[] = [];
  const waiting = requestIds.values();
  const worker = async () => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      results.push(await attemptOne(deps, { ...group, requestId: next.value }, decider));
      await done();
      if (!hasTime()) return;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return { results, left: requestIds.length - results.length };
}

async function attemptOne(deps: BotDeps, attempt: Attempt, decider: Decider): Promise<GroupResult> {
  const request = await readRequest(deps, attempt.requestId);
  const title = 'why' in request ? attempt.requestId : describeRequest(request).title;
  const before = 'why' in request ? undefined : doneBefore(request, attempt);
  if (before !== undefined) return { title, ...before };
  const checked = await judgeAttempt(deps, attempt, decider, request);
  if (checked.status === 'refused') return { title, ...refused(checked.refusal) };
  const done =
    checked.status === 'break-glass'
      ? await refuse(deps, attempt, { why: ONE_BY_ONE }, { request: checked.request, code: 'requester' })
      : await carryOut(deps, attempt, checked);
  return { title, ...inWords(attempt, done) };
}

/** What an earlier run of the same job has done, whose end nobody heard of. */
function doneBefore(
  { decision, votes }: ApprovalRequest,
  attempt: Attempt,
): Pick<GroupResult, 'kind' | 'what'> | undefined {
  const { userId } = attempt;
  if (decision?.by.slackUserId === userId && decision.decision === attempt.decision) return decided(attempt);
  const voted = attempt.decision === 'approved' && votes.some(({ by }) => by.slackUserId === userId);
  if (!voted) return undefined;
  return decision?.decision === 'approved'
    ? decided(attempt)
    : { kind: 'counted', what: 'Your approval is counted.' };
}

function inWords(attempt: Attempt, done: CarriedOut): Pick<GroupResult, 'kind' | 'what'> {
  switch (done.status) {
    case 'refused':
      return refused(done.refusal);
    case 'counted': {
      const { votes, approvalsNeeded } = done.request;
      return { kind: 'counted', what: `Your approval is counted: ${votes.length} of ${approvalsNeeded}.` };
    }
    case 'decided':
      return decided(attempt);
  }
}

function decided({ decision }: Attempt): Pick<GroupResult, 'kind' | 'what'> {
  return { kind: 'decided', what: decision === 'approved' ? 'Approved.' : 'Denied.' };
}

function refused({ why, passing }: Refusal): Pick<GroupResult, 'kind' | 'what'> {
  return { kind: passing ? 'passing' : 'refused', what: why };
}
