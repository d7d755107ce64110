import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import { lookUpDecider } from '../../approvers/look-up.ts';
import {
  type GroupProgress,
  groupProgressMessage,
  groupResultMessage,
} from '../../notices/group/progress.ts';
import { attemptGroup } from '../decisions/attempt-group.ts';
import { displayName } from '../decisions/carry-out.ts';
import type { BotDeps } from '../deps.ts';
import type { GroupJob } from './job.ts';
import { auditProgress } from './start.ts';

/** Something that may pass has kept requests from being decided: Lambda tries the job again. */
class GroupUnfinishedError extends Error {
  override name = 'GroupUnfinishedError';
}

/** Where a job runs. */
interface Run {
  /** Milliseconds until Lambda ends it. */
  remainingMs: () => number;
  /** Hands the job on to another run. */
  goOn: () => Promise<void>;
}

/** For the calls that are under way, and to hand on what is left. Milliseconds. */
const TO_END = 10_000;

/** Slack takes about one update a second. Milliseconds. */
const BETWEEN_UPDATES = 1_500;

/**
 * Decides what was listed, each request by the rules of a click on its own button, as the person who has submitted
 * that. Safe to repeat: what this person has decided counts as done.
 *
 * @throws GroupUnfinishedError, LedgerUnavailableError: it is to be run again
 */
export async function decideGroup(deps: BotDeps, job: GroupJob, run: Run): Promise<void> {
  const listing = await deps.ledger.readListing(job.requestId, job.listingId);
  if (listing === undefined) throw new GroupUnfinishedError(`The list ${job.listingId} is not there.`);
  const decider = await lookUpDecider(deps.slack, deps.settings, job);
  const name = displayName(decider, job.userName);
  const progress = { name, decision: job.decision, of: listing.requestIds.length };
  const { results, left } = await attemptGroup(deps, { ...job, requestIds: listing.requestIds }, decider, {
    hasTime: () => run.remainingMs() > TO_END,
    done: throttled(deps, (done) => show(deps, job, { ...progress, done })),
  });
  if (left > 0) {
    await show(deps, job, { ...progress, done: results.length });
    return await run.goOn();
  }
  const passing = results.filter(({ kind }) => kind === 'passing').length;
  if (passing === 0) return await showMessage(deps, job, groupResultMessage(progress, results));
  await show(deps, job, { ...progress, done: results.length - passing, interrupted: true });
  throw new GroupUnfinishedError(`${passing} of ${results.length} could not be decided just now.`);
}

/** @returns shows how many are done, and leaves out what would come too soon after the last */
function throttled({ now }: BotDeps, showDone: (done: number) => Promise<void>) {
  let [last, done] = [now().getTime(), 0];
  return async () => {
    done += 1;
    if (now().getTime() - last < BETWEEN_UPDATES) return;
    last = now().getTime();
    await showDone(done);
  };
}

function show(deps: BotDeps, job: GroupJob, progress: GroupProgress): Promise<void> {
  return showMessage(deps, job, groupProgressMessage(progress));
}

/** Best effort: what was decided is announced one by one too. */
async function showMessage(
  deps: BotDeps,
  job: GroupJob,
  message: ReturnType<typeof groupProgressMessage>,
): Promise<void> {
  const { slack, log } = deps;
  const { channel, threadTs, progressTs } = job;
  await bestEffort(log.warn, 'How far a group is could not be shown', { channel, threadTs }, async () => {
    if (progressTs !== undefined) await slack.update({ channel, ts: progressTs, threadTs }, message);
    else await auditProgress(deps, job, await slack.reply({ channel, ts: threadTs }, message));
  });
}
