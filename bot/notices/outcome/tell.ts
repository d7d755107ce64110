import { decisionEntry } from '../../../workflow/decisions/decision-entry.ts';
import { UnknownRequestError } from '../../../workflow/ledger/errors.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import type { Contained, Ended } from '../../../workflow/steps/payloads.ts';
import { named } from '../../media/wording/account-name.ts';
import { brokeGlass, describeOutcome, type EndedRequest } from '../../media/wording/describe-outcome.ts';
import { describeRequest } from '../../media/wording/describe-request.ts';
import { auditOf } from '../delivery/audit.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { slackFirst } from '../delivery/slack-first.ts';
import { showGroup } from '../group/show.ts';
import { tellOutcomeToRequester } from '../requester/tell.ts';
import { outcomeEmail } from './email.ts';
import { showOutcome } from './show.ts';

/**
 * What has become of a request. The ledger comes first, since it has happened whoever is told, with the audit entry of
 * the decision, which whoever decided may not have come to: what nobody was told of is taken up again, and nothing else
 * of what has ended. The thread reply comes last of what can fail, since it is the one thing that a retry would say
 * twice. What follows it is best effort.
 */
export async function announceOutcome(
  deps: NotifyDeps,
  state: Contained,
  retryCount: number,
): Promise<Ended> {
  const request = await close(deps, state);
  const loud = brokeGlass(request);
  const described = named(describeRequest(request), deps.settings.ACCOUNT_NAMES);
  const email = outcomeEmail(described, describeOutcome(request), loud);
  const told = await slackFirst(deps, {
    requestId: request.id,
    retryCount,
    slack: () => showOutcome(deps, request),
    email: () => deps.email.send(email),
  });
  const now = deps.now().toISOString();
  await bestEffort(
    deps.log.warn,
    'That the end was told could not be stored; it may be told again.',
    { requestId: request.id },
    () => deps.ledger.storeAnnounced(request.id, now),
  );
  const how = told.by === 'slack' ? 'in Slack' : 'by e-mail';
  const detail = `${state.outcome}, told ${how}: ${state.detail}`;
  const [first, ...others] = told.by === 'slack' ? told.result : [told.result];
  await auditOf(deps, request, 'outcome.announced', detail, first);
  for (const also of others)
    await auditOf(deps, request, 'outcome.told', 'In Slack, in the thread too.', also);
  const mailed = loud || request.emailedAt !== undefined;
  await Promise.all([
    // The channel knows already, so that a failure is no silent end.
    told.by === 'slack' &&
      mailed &&
      bestEffort(
        deps.log.warn,
        'The outcome could not be told by e-mail too.',
        { requestId: request.id },
        async () => {
          const sent = await deps.email.send(email);
          await auditOf(deps, request, 'outcome.mailed', 'By e-mail too.', sent);
        },
      ),
    showGroup(deps, request),
    tellOutcomeToRequester(deps, request),
  ]);
  measure(deps, request);
  return { outcome: state.outcome, reason: state.detail, requestId: request.id };
}

async function close({ ledger, now }: NotifyDeps, state: Contained): Promise<EndedRequest> {
  const { requestId, outcome, detail } = state;
  const request = await ledger.read(requestId);
  if (request === undefined) throw new UnknownRequestError(requestId);
  const closedAt = request.closedAt ?? now().toISOString();
  await ledger.close(requestId, outcome, detail, closedAt);
  if (request.decision !== undefined) {
    const entry = decisionEntry(request, request.decision);
    if (!(await ledger.hasDecisionEntry(entry))) await ledger.auditDecision(entry);
  }
  return { ...request, status: 'closed', outcome, outcomeDetail: detail, closedAt };
}

/** How long a person took; an expiry says nothing about that. */
function measure({ metrics }: NotifyDeps, { createdAt, decision }: EndedRequest): void {
  if (decision === undefined || decision.decision === 'expired') return;
  metrics.decided((Date.parse(decision.at) - Date.parse(createdAt)) / 60_000);
}
