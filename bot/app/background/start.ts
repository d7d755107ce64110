import type { SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import { audit, messengerIds } from '../../notices/delivery/audit.ts';
import { onceMore } from '../../notices/delivery/rate-limit.ts';
import { groupProgressMessage } from '../../notices/group/progress.ts';
import type { BotDeps } from '../deps.ts';
import type { GroupOrigin } from '../views/group-modal.ts';
import type { GroupJob } from './job.ts';

/** That the thread was told of it, in the trail of the request whose button was clicked. */
export function auditProgress(
  deps: BotDeps,
  { requestId, userId, userName, teamId, decision }: Omit<GroupJob, 'at' | 'progressTs'>,
  message: SlackMessageRef,
): Promise<void> {
  return audit(deps, {
    ...{ event: 'group.told', requestId, detail: `In Slack, in the thread: all of it is to be ${decision}.` },
    ...{ slackUserId: userId, slackUserName: userName, slackTeamId: teamId, ...messengerIds(message) },
  });
}

/** What was submitted: by whom, what, and which list. */
export type SubmittedGroup = Omit<GroupJob, 'at' | 'progressTs'> & Pick<GroupOrigin, 'count'>;

/**
 * Shows in the thread that it begins, and has it done in the background.
 *
 * @returns why it does not begin, in one sentence
 */
export async function startGroup(deps: BotDeps, submitted: SubmittedGroup): Promise<string | undefined> {
  const begun = deps.now();
  const { count, ...job } = submitted;
  const { channel, threadTs, userName, decision } = job;
  const message = groupProgressMessage({ name: userName, decision, of: count, done: 0 });
  const shown = await bestEffort(
    deps.log.warn,
    'That a group is decided could not be shown',
    { channel, threadTs },
    () => onceMore(deps, begun, () => deps.slack.reply({ channel, ts: threadTs }, message)),
  );
  if (shown !== undefined) await auditProgress(deps, job, shown);
  try {
    await deps.inBackground({ ...job, at: begun.toISOString(), ...(shown && { progressTs: shown.ts }) });
    return undefined;
  } catch (error) {
    deps.log.error('A group could not be decided in the background', { error, channel, threadTs });
    const over = groupProgressMessage({ name: userName, decision, of: count, done: 0, notBegun: true });
    if (shown !== undefined) {
      await bestEffort(deps.log.warn, 'That a group is not decided could not be shown', {}, () =>
        deps.slack.update(shown, over),
      );
    }
    return 'This could not be started just now, so nothing was decided. Try again.';
  }
}
