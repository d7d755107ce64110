import type { ApprovalRequest, SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import { isOwn } from '../../media/slack/api/slack-api.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { showGroup } from '../group/show.ts';

/**
 * Stores where a request stands in Slack; then its address, for links to it, and shows it in its group. None of it may
 * fail a step that has told people already: without the place the message keeps its buttons, and the outcome is posted
 * anew.
 *
 * @returns false when nothing shows it yet
 */
export async function storeMessage(
  deps: NotifyDeps,
  request: ApprovalRequest,
  slack: SlackMessageRef,
): Promise<boolean> {
  const { ledger, log } = deps;
  const stored = await bestEffort(
    log.error,
    'Where a request stands in Slack could not be stored.',
    { requestId: request.id, ...slack },
    async () => {
      await ledger.storeSlackMessage(request.id, slack);
      return true;
    },
  );
  if (!stored) return true;
  const [shown] = await Promise.all([
    showGroup(deps, { ...request, slack }),
    isOwn(slack) && storeAddress(deps, request.id, slack),
  ]);
  return isOwn(slack) || shown;
}

async function storeAddress({ ledger, slack, log }: NotifyDeps, requestId: string, ref: SlackMessageRef) {
  await bestEffort(log.warn, 'The address of a message in Slack is not known.', { requestId }, async () =>
    ledger.storeSlackMessage(requestId, { ...ref, permalink: await slack.permalink(ref) }),
  );
}
