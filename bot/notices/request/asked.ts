import type { ApprovalRequest, SlackMessageRef } from '../../../workflow/ledger/request.ts';
import type { NotifyDeps } from '../../delivery/deps.ts';
import { showGroup } from '../group/show.ts';

/**
 * Stores where a request stands in Slack; then its address, for links to it, and shows it in its group. None of it may
 * fail a step that has told people already: without the place the message keeps its buttons, and the outcome is posted
 * anew.
 */
export async function keepMessage(
  deps: NotifyDeps,
  request: ApprovalRequest,
  slack: SlackMessageRef,
): Promise<void> {
  const { ledger, log } = deps;
  try {
    await ledger.storeSlackMessage(request.id, slack);
  } catch (error) {
    log.error('Where a request stands in Slack could not be stored.', {
      error,
      requestId: request.id,
      ...slack,
    });
    return;
  }
  await Promise.all([keepAddress(deps, request.id, slack), showGroup(deps, { ...request, slack })]);
}

async function keepAddress({ ledger, slack, log }: NotifyDeps, requestId: string, ref: SlackMessageRef) {
  try {
    await ledger.storeSlackMessage(requestId, { ...ref, permalink: await slack.permalink(ref) });
  } catch (error) {
    log.warn('The address of a message in Slack is not known.', { error, requestId });
  }
}
