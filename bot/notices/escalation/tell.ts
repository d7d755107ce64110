import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import { describeOutcome, type EndedRequest } from '../../media/wording/describe-outcome.ts';
import { describeRequest } from '../../media/wording/describe-request.ts';
import { audit } from '../delivery/audit.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { showGroup } from '../group/show.ts';
import { outcomeMessage } from '../outcome/message.ts';
import { updateUnlessLost } from '../outcome/show.ts';
import { tellOutcomeToRequester } from '../requester/tell.ts';
import { tellEverywhere } from './everywhere.ts';
import { readEscalation } from './read-state.ts';
import { type DescribedEscalation, describeEscalation, type Escalation } from './words.ts';

/**
 * The Escalate step: the loudest message there is, in Slack and by e-mail. Needs neither the ledger nor a state that
 * it understands.
 *
 * @throws NotDeliveredError when neither Slack nor e-mail took it
 */
export async function escalate(
  deps: NotifyDeps,
  { state, executionArn }: { state?: unknown; executionArn: string },
): Promise<void> {
  const { requestId, ...known } = readEscalation(state, executionArn);
  const read = async () => (requestId === undefined ? undefined : deps.ledger.read(requestId));
  const request = await bestEffort(
    deps.log.warn,
    'The ledger could not be asked about a request that has failed.',
    { requestId },
    read,
  );
  const described = describeAnyhow(deps, { ...known, decision: request?.decision });
  const told = await tellEverywhere(deps, described);
  if (request !== undefined) await closeAsFailed(deps, request, described);
  await audit(deps, {
    event: 'escalated',
    requestId,
    detail: `${described.title}. ${described.failure} Told ${told}.`,
    eventId: known.change?.eventId,
    executionArn,
  });
  deps.metrics.ended('failed');
}

/** What was changed may be what cannot be put into words, and what made the other steps fail. */
function describeAnyhow({ log }: NotifyDeps, escalation: Escalation): DescribedEscalation {
  try {
    return describeEscalation(escalation);
  } catch (error) {
    log.error('The change cannot be described; the escalation goes without it.', { error });
    return describeEscalation({ ...escalation, change: undefined, inspection: undefined });
  }
}

/** Its buttons could not do anything any more. An outcome that the ledger holds already stays. */
async function closeAsFailed(deps: NotifyDeps, request: ApprovalRequest, described: DescribedEscalation) {
  if (request.status === 'closed') return;
  const ended: EndedRequest = {
    ...request,
    status: 'closed',
    outcome: 'failed',
    outcomeDetail: described.danger,
    closedAt: deps.now().toISOString(),
  };
  await bestEffort(
    deps.log.warn,
    'A request that has failed could not be closed.',
    { requestId: request.id },
    async () => {
      await deps.ledger.close(request.id, 'failed', described.danger, ended.closedAt);
      if (request.slack === undefined) return;
      const message = outcomeMessage(describeRequest(ended), describeOutcome(ended));
      await updateUnlessLost(deps.slack, request.slack, message);
    },
  );
  await Promise.all([showGroup(deps, ended), tellOutcomeToRequester(deps, ended)]);
}
