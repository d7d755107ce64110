import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import { threadOf } from '../../media/slack/api/slack-api.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { groupMessage } from './message.ts';
import { readThread } from './read-thread.ts';
import { describeGroup } from './words.ts';

/**
 * Brings the message at the top of a group up to date, as the ledger has its requests now. A request that stands by
 * itself has none. Best effort: the next change of the group tries again.
 */
export async function showGroup(
  deps: Pick<NotifyDeps, 'ledger' | 'log' | 'settings'> & { slack: Pick<NotifyDeps['slack'], 'update'> },
  request: ApprovalRequest,
): Promise<void> {
  const { id, slack } = request;
  const threadTs = slack?.threadTs;
  if (slack === undefined || threadTs === undefined) return;
  await bestEffort(
    deps.log.warn,
    'The message of a group could not be brought up to date.',
    { requestId: id },
    async () => {
      const { requests, ...more } = await readThread(deps.ledger, request, threadTs);
      const [first, ...others] = requests;
      if (first === undefined) return;
      const message = groupMessage(describeGroup([first, ...others], more), deps.settings.APPROVERS);
      await deps.slack.update(threadOf(slack), message);
    },
  );
}

/** The requests that stand in the same thread, itself among them; none when it stands by itself. */
export async function groupMembers(
  { ledger }: Pick<NotifyDeps, 'ledger'>,
  request: ApprovalRequest,
): Promise<ApprovalRequest[]> {
  const threadTs = request.slack?.threadTs;
  return threadTs === undefined ? [] : (await readThread(ledger, request, threadTs)).requests;
}
