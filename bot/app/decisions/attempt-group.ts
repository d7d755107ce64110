import { lookUpDecider } from '../../approvers/look-up.ts';
import type { Decider } from '../../approvers/may-decide.ts';
import { describeRequest } from '../../media/wording/describe-request.ts';
import { tellGroupVotes } from '../../notices/votes.ts';
import { ONE_BY_ONE } from '../actions/decide-group.ts';
import type { BotDeps } from '../deps.ts';
import type { GroupOrigin, GroupResult } from '../views/group-modal.ts';
import { type CarriedOut, carryOut, displayName } from './carry-out.ts';
import { type Attempt, judgeAttempt, readRequest, refuse } from './check-attempt.ts';

/** Somebody deciding every request that a modal has listed. */
export type GroupAttempt = Omit<Attempt, 'requestId' | 'breakGlass'> & GroupOrigin;

/** So that the calls of all requests do not time out in each other's queue; one request takes six calls in a row. */
const AT_ONCE = 10;

/**
 * Decides each request by itself, as a click on its own button would. The person is looked up once, and Slack hears
 * of it in one message: the outcome of each is announced by the state machine, in its own time.
 */
export async function attemptGroup(deps: BotDeps, group: GroupAttempt): Promise<GroupResult[]> {
  const begun = deps.now();
  const decider = await lookUpDecider(deps.slack, deps.settings, group);
  const results = await inParallel(group.requestIds, AT_ONCE, (requestId) =>
    attemptOne(deps, { ...group, requestId }, decider),
  );
  const votes = results.filter(({ kind }) => kind === 'counted').length;
  await tellGroupVotes(deps, group, { name: displayName(decider, group.userName), votes }, begun);
  return results;
}

async function attemptOne(deps: BotDeps, attempt: Attempt, decider: Decider): Promise<GroupResult> {
  const request = await readRequest(deps, attempt.requestId);
  const title = 'why' in request ? attempt.requestId : describeRequest(request).title;
  const checked = await judgeAttempt(deps, attempt, decider, request);
  if (checked.status === 'refused') return { title, kind: 'refused', what: checked.refusal.why };
  const done =
    checked.status === 'break-glass'
      ? await refuse(deps, attempt, { why: ONE_BY_ONE }, { request: checked.request, code: 'requester' })
      : await carryOut(deps, attempt, decider);
  return { title, ...inWords(attempt, done) };
}

function inWords({ decision }: Attempt, done: CarriedOut): Pick<GroupResult, 'kind' | 'what'> {
  switch (done.status) {
    case 'refused':
      return { kind: 'refused', what: done.refusal.why };
    case 'counted': {
      const { votes, approvalsNeeded } = done.request;
      return { kind: 'counted', what: `Your approval is counted: ${votes.length} of ${approvalsNeeded}.` };
    }
    case 'decided':
      return { kind: 'decided', what: decision === 'approved' ? 'Approved.' : 'Denied.' };
  }
}

/** Runs `work` for each item, so many at a time; the results are in the order of the items. */
async function inParallel<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const waiting = items.entries();
  const worker = async () => {
    for (const [index, item] of waiting) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return results;
}
