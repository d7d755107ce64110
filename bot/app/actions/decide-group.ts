import { randomUUID } from 'node:crypto';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { lookUpDecider } from '../../approvers/look-up.ts';
import { readThread } from '../../notices/group/read-thread.ts';
import { type ButtonArgs, type Click, readClick } from '../click.ts';
import { judgeAttempt, readRequest } from '../decisions/check-attempt.ts';
import type { BotDeps } from '../deps.ts';
import { openModal, tell, tellRefusal } from '../tell.ts';
import { approveAllView, denyAllView, splitList } from '../views/group-modal.ts';

/** Approve all… and Deny all…: list what waits in the thread, for whoever may decide it. Nothing is decided yet. */
export function decideAllOnClick(deps: BotDeps, decision: 'approved' | 'denied') {
  return async ({ ack, body, action, respond }: ButtonArgs): Promise<void> => {
    await ack();
    const click = readClick(body, action);
    const [request, decider] = await Promise.all([
      readRequest(deps, click.requestId),
      lookUpDecider(deps.slack, deps.settings, click),
    ]);
    const checked = await judgeAttempt(deps, { ...click, decision }, decider, request);
    if (checked.status === 'refused') return await tellRefusal(deps, respond, checked.refusal);
    if (checked.status === 'break-glass') return await tell(deps, respond, ONE_BY_ONE);
    const found = await findWaiting(deps, checked.request, click);
    if (found === undefined) return await tell(deps, respond, LEDGER_AWAY);
    const { waiting, more, listingId } = found;
    if (waiting.length === 0) return await tell(deps, respond, more ? NOT_FOUND : NONE_WAITS);
    const build = decision === 'approved' ? approveAllView : denyAllView;
    const place = { channel: click.channel ?? '', threadTs: click.messageTs ?? '' };
    const origin = { requestId: checked.request.id, listingId, count: waiting.length, ...place };
    await openModal(deps, respond, body.trigger_id, build(splitList(waiting, more), origin));
  };
}

const LEDGER_AWAY = 'The ledger did not answer, so nothing can be listed. Try again.';

const NONE_WAITS = 'None of these changes waits any more.';

const NOT_FOUND =
  'So many requests wait that those of this thread were not found among the newest. Use the buttons of each.';

export const ONE_BY_ONE =
  'You made these changes yourself. Breaking the glass works on one request at a time: use the Approve button of each.';

interface Waiting {
  /** Oldest change first. */
  waiting: ApprovalRequest[];
  /** Whether more may wait beside these. */
  more: boolean;
  /** The ledger keeps by this name what is listed. */
  listingId: string;
}

/** @returns the requests of the thread that wait; undefined when the ledger did not answer */
async function findWaiting(
  { ledger, log, now }: BotDeps,
  request: ApprovalRequest,
  { messageTs = '' }: Click,
): Promise<Waiting | undefined> {
  try {
    const { requests, moreWait } = await readThread(ledger, request, messageTs);
    const waiting = requests.filter(({ status }) => status === 'pending').toSorted(byTimeOfChange);
    const listingId = randomUUID();
    const requestIds = waiting.map(({ id }) => id);
    await ledger.storeListing(request.id, listingId, { requestIds, at: now().toISOString() });
    return { waiting, more: moreWait, listingId };
  } catch (error) {
    log.error('The requests of a group could not be listed', { error });
    return undefined;
  }
}

/** Events come in any order, so that the one recorded first need not have happened first. */
function byTimeOfChange(one: ApprovalRequest, other: ApprovalRequest): number {
  const made = Date.parse(one.change.eventTime) - Date.parse(other.change.eventTime);
  return made === 0 ? Date.parse(one.createdAt) - Date.parse(other.createdAt) : made;
}
