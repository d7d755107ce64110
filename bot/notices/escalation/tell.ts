import { claimOf, startedAgainAsked } from '../../../workflow/events/started-again.ts';
import type { OpenRequest } from '../../../workflow/ledger/open-requests.ts';
import { TELL_AGAIN } from '../../../workflow/reconcile/waits.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import { keepOthersAnyhow } from '../../../workflow/steps/keep-others.ts';
import { audit } from '../delivery/audit.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { type ToldEverywhere, tellEverywhere } from './everywhere.ts';
import { readEscalation } from './read-state.ts';
import { type DescribedEscalation, describeEscalation, type Escalation } from './words.ts';

/**
 * The Escalate step: the loudest message there is, in Slack and by e-mail. Needs neither the ledger nor a state that
 * it understands. A request stays as it is, with its buttons: reconcile takes it up again where it is.
 *
 * @throws NotDeliveredError when neither Slack nor e-mail took it
 */
export async function escalate(
  deps: NotifyDeps,
  { state, executionArn }: { state?: unknown; executionArn: string },
): Promise<void> {
  const { requestId, ...known } = readEscalation(state, executionArn);
  const read = async () => (requestId === undefined ? undefined : deps.ledger.readOpen(requestId));
  const open = await bestEffort(
    deps.log.warn,
    'The ledger could not be asked about a request that cannot go on.',
    { requestId },
    read,
  );
  const described = describeAnyhow(deps, {
    ...known,
    decision: open?.request.decision,
    accountAlias: open?.request.surroundings?.accountAlias,
  });
  const [told] = await Promise.all([
    (await isTold(deps, known)) ? undefined : tellOnce(deps, described, open),
    keepOthersAnyhow({ ...deps, now: deps.now() }, state, executionArn),
  ]);
  await audit(deps, {
    event: 'escalated',
    requestId,
    detail: `${described.title}. ${described.failure} Told ${told?.where ?? 'before'}.`,
    ...told?.ids,
    eventId: known.change?.eventId,
    executionArn,
  });
  deps.metrics.ended('failed');
}

/** Executions in place of one that died tell again only what may be in force; by their name, while the ledger is away. */
async function isTold(
  { ledger, log }: NotifyDeps,
  { executionArn, quarantined, ending, leftAlone }: Escalation,
): Promise<boolean> {
  const mayBeInForce = !quarantined && ending === undefined && leftAlone === undefined;
  if (mayBeInForce || claimOf(executionArn)?.isTold !== true) return false;
  const message = 'The ledger could not be asked whether an execution was started again.';
  const found = await startedAgainAsked(executionArn, (root) =>
    bestEffort(log.warn, message, { executionArn }, async () => ({ kept: await ledger.readRestart(root) })),
  );
  return found !== undefined;
}

/**
 * Tells as loudly as it goes, unless the ledger knows that it was told not long ago, or the execution does.
 *
 * @param toldAt when this execution told it, ISO 8601
 * @returns undefined when it was told before
 * @throws NotDeliveredError when neither Slack nor e-mail took it
 */
export async function tellOnce(
  deps: NotifyDeps,
  described: DescribedEscalation,
  open: OpenRequest | undefined,
  { again = false, toldAt }: { again?: boolean; toldAt?: string | undefined } = {},
): Promise<ToldEverywhere | undefined> {
  const at = deps.now();
  const last = open?.escalatedAt ?? toldAt;
  if (!again && last !== undefined && at.getTime() - Date.parse(last) < TELL_AGAIN) return undefined;
  const told = await tellEverywhere(deps, described);
  if (open !== undefined) {
    const { id: requestId } = open.request;
    const message = 'That it was told loudly could not be stored; it may be told again.';
    await bestEffort(deps.log.warn, message, { requestId }, () =>
      deps.ledger.storeEscalated(requestId, at.toISOString()),
    );
  }
  return told;
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
