import type { ApprovalRequest, SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { threadOf } from '../../media/slack/api/slack-api.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { showShared } from '../delivery/show-shared.ts';
import { groupMessage } from './message.ts';
import { readThread } from './read-thread.ts';
import { describeGroup } from './words.ts';

type ShowDeps = Pick<NotifyDeps, 'ledger' | 'log' | 'settings' | 'now' | 'pause'> & {
  slack: Pick<NotifyDeps['slack'], 'update'>;
};

/**
 * Brings the message at the top of a group up to date, as the ledger has its requests now. A request that stands by
 * itself has none. Best effort.
 *
 * @returns false when it is not known that the message will show the request
 */
export async function showGroup(deps: ShowDeps, request: ApprovalRequest): Promise<boolean> {
  const { id, slack } = request;
  if (slack?.threadTs === undefined) return true;
  const top = threadOf(slack);
  return showShared(deps, top, id, () => showOnce(deps, request, top));
}

async function showOnce(deps: ShowDeps, request: ApprovalRequest, top: SlackMessageRef): Promise<void> {
  const { requests, ...more } = await readThread(deps.ledger, request, top.ts);
  const [first, ...others] = requests;
  if (first === undefined) return;
  const message = groupMessage(describeGroup([first, ...others], more), deps.settings.APPROVERS);
  await deps.slack.update(top, message);
}

/** The requests that stand in the same thread, itself among them; none when it stands by itself. */
export async function groupMembers(
  { ledger }: Pick<NotifyDeps, 'ledger'>,
  request: ApprovalRequest,
): Promise<ApprovalRequest[]> {
  const threadTs = request.slack?.threadTs;
  return threadTs === undefined ? [] : (await readThread(ledger, request, threadTs)).requests;
}
