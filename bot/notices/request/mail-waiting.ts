import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { audit, auditOf } from '../delivery/audit.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { NotDeliveredError } from '../delivery/errors.ts';
import { requestEmail } from './email.ts';
import { mailRequest } from './mail.ts';

/** As many as the function's time allows for. */
const MOST = 100;
/** More than ever wait. */
const ALL = 10_000;
const AT_ONCE = 10;

/**
 * Mails the requests that wait, with the links that EMAIL_LINKS allows: the way to decide while Slack takes messages
 * but no clicks arrive. Nobody decides by asking for it. Of more than a hundred those that were not mailed yet, or
 * longest ago, and the oldest of them: who asks again gets the next.
 *
 * @returns how many were mailed, of how many that wait
 * @throws NotDeliveredError when one could not be mailed
 */
export async function mailWaiting(deps: NotifyDeps): Promise<{ mailed: number; waiting: number }> {
  const waiting = await deps.ledger.list('pending', ALL);
  const left = waiting.toSorted(byNeed).slice(0, MOST).values();
  let mailed = 0;
  const worker = async () => {
    for (const request of left) {
      // For whoever decides it is: they can't click.
      const sent = await mailRequest(deps, request, requestEmail, 'is-down');
      await auditOf(deps, request, 'request.mailed', 'By e-mail, as an operator has asked.', sent);
      mailed += 1;
    }
  };
  const done = await Promise.allSettled(Array.from({ length: AT_ONCE }, worker));
  await audit(deps, { event: 'requests.mailed', detail: `${mailed} of ${waiting.length} that wait.` });
  const failed = done.find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') {
    throw new NotDeliveredError('A request that waits could not be mailed.', failed.reason);
  }
  return { mailed, waiting: waiting.length };
}

function byNeed(one: ApprovalRequest, other: ApprovalRequest): number {
  const [mine, theirs] = [one, other].map(({ emailedAt = '', createdAt }) => `${emailedAt} ${createdAt}`);
  return (mine as string) < (theirs as string) ? -1 : 1;
}
