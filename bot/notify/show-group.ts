import type { ApprovalRequest } from '../../workflow/ledger/request.ts';
import { requesterKey } from '../../workflow/ledger/requester-key.ts';
import { groupMessage } from '../slack/messages/group-message.ts';
import { threadOf } from '../slack/thread-of.ts';
import { describeGroup } from '../view/describe-group.ts';
import type { NotifyDeps } from './deps.ts';

/** Each takes a read of its own. Slack takes a message a second, so that a group hardly grows beyond it in its time. */
const GROUP_LIMIT = 100;

/**
 * Brings the message at the top of a group up to date, as the ledger has its requests now. A request that stands by
 * itself has none. Best effort: the next change of the group tries again.
 */
export async function showGroup(
  deps: Pick<NotifyDeps, 'ledger' | 'log' | 'approvers'> & { slack: Pick<NotifyDeps['slack'], 'update'> },
  request: ApprovalRequest,
): Promise<void> {
  if (request.slack?.threadTs === undefined) return;
  try {
    const [first, ...others] = await groupMembers(deps, request);
    if (first === undefined) return;
    const message = groupMessage(describeGroup([first, ...others]), deps.approvers);
    await deps.slack.update(threadOf(request.slack), message);
  } catch (error) {
    deps.log.warn('The message of a group could not be brought up to date.', {
      error,
      requestId: request.id,
    });
  }
}

/** The requests that stand in the same thread, itself among them; none when it stands by itself. */
export async function groupMembers(
  { ledger }: Pick<NotifyDeps, 'ledger'>,
  { slack, change }: ApprovalRequest,
): Promise<ApprovalRequest[]> {
  if (slack?.threadTs === undefined) return [];
  const requests = await ledger.listByRequester(requesterKey(change.requester), GROUP_LIMIT);
  return requests.filter((each) => each.slack?.threadTs === slack.threadTs);
}
