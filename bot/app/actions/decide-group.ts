import { randomUUID } from 'node:crypto';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { lookUpDecider } from '../../approvers/look-up.ts';
import { type Decider, mayDecide } from '../../approvers/may-decide.ts';
import { readThread } from '../../notices/group/read-thread.ts';
import { type ButtonArgs, type Click, readClick } from '../click.ts';
import { type Attempt, judgeAttempt, readRequest, refuse } from '../decisions/check-attempt.ts';
import { type Divided, divide } from '../decisions/left-out.ts';
import type { BotDeps } from '../deps.ts';
import { openModal, tell, tellRefusal } from '../tell.ts';
import { approveAllView, denyAllView, splitList } from '../views/group-modal.ts';

/**
 * Approve all… and Deny all…: list what waits in the thread and this person may decide, and say what they may not.
 * Nothing is decided yet.
 */
export function decideAllOnClick(deps: BotDeps, decision: 'approved' | 'denied') {
  return async ({ ack, body, action, respond }: ButtonArgs): Promise<void> => {
    await ack();
    const click = readClick(body, action);
    const [request, decider] = await Promise.all([
      readRequest(deps, click.requestId),
      lookUpDecider(deps.slack, deps.settings, click),
    ]);
    const attempt = { ...click, decision };
    const standing = mayDecide(decider, { decision, requesters: [] }, deps.settings);
    if ('why' in request || standing.status === 'refused') {
      const checked = await judgeAttempt(deps, attempt, decider, request);
      if (checked.status === 'refused') await tellRefusal(deps, respond, checked.refusal);
      return;
    }
    const found = await findWaiting(deps, request, attempt, decider);
    if (found === undefined) return await tell(deps, respond, LEDGER_AWAY);
    const { mine, leftOut, more, listingId } = found;
    const [left] = leftOut;
    if (mine.length === 0 && left !== undefined) {
      const refusal = { why: left.why, approvers: deps.settings.APPROVERS };
      const [requestId = request.id] = left.requestIds;
      const refused = await refuse(deps, { ...attempt, requestId }, refusal, { code: 'none-of-group' });
      return await tellRefusal(deps, respond, refused.refusal);
    }
    if (mine.length === 0) return await tell(deps, respond, more ? NOT_FOUND : NONE_WAITS);
    const build = decision === 'approved' ? approveAllView : denyAllView;
    const place = { channel: click.channel ?? '', threadTs: click.messageTs ?? '' };
    const origin = { requestId: request.id, listingId, count: mine.length, ...place };
    await openModal(deps, respond, body.trigger_id, build(splitList(mine, more, leftOut), origin));
  };
}

const LEDGER_AWAY = 'The ledger did not answer, so nothing can be listed. Try again.';

const NONE_WAITS = 'None of these changes waits any more.';

const NOT_FOUND =
  'So many requests wait that those of this thread were not found among the newest. Use the buttons of each.';

/** Oldest change first. */
interface Waiting extends Divided {
  /** Whether more may wait beside these. */
  more: boolean;
  /** The ledger keeps by this name what is listed: what this person may decide. */
  listingId: string;
}

/** @returns the requests of the thread that wait; undefined when the ledger did not answer */
async function findWaiting(
  deps: BotDeps,
  request: ApprovalRequest,
  attempt: Click & Pick<Attempt, 'decision'>,
  decider: Decider,
): Promise<Waiting | undefined> {
  const { ledger, log, now } = deps;
  const { messageTs = '' } = attempt;
  try {
    const { requests, moreWait } = await readThread(ledger, request, messageTs);
    const waiting = requests.filter(({ status }) => status === 'pending').toSorted(byTimeOfChange);
    const divided = divide(deps, waiting, attempt, decider);
    const listingId = randomUUID();
    const requestIds = divided.mine.map(({ id }) => id);
    await ledger.storeListing(request.id, listingId, { requestIds, at: now().toISOString() });
    return { ...divided, more: moreWait, listingId };
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
