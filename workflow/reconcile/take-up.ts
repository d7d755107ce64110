import type { OpenRequest } from '../ledger/open-requests.ts';
import type { ReconcileTools } from './tools.ts';
import { waitAfter } from './waits.ts';

/** `later`: it was taken up not long ago. `overtaken`: somebody else takes it up. */
type TakenUp = { status: 'taken-up'; executionArn: string } | { status: 'later' | 'overtaken' };

type Tools = Pick<ReconcileTools, 'ledger' | 'executions' | 'now'>;

/**
 * Gives a request whose execution is dead to a new one, which goes on where the request is. The ledger is written
 * first: stopped in between, the request belongs to an execution that does not exist, and is taken up again.
 *
 * @param open as it was just read
 */
async function takeUp({ ledger, executions, now }: Tools, open: OpenRequest): Promise<TakenUp> {
  const { request, handovers } = open;
  const name = executions.unguessable(`resume-${request.id}-${handovers + 1}`);
  const executionArn = executions.arnOf(name);
  const handed = await ledger.handOver(open, executionArn, now().toISOString());
  // A write whose answer was lost has happened.
  if (!handed && (await ledger.readOpen(request.id))?.request.executionArn !== executionArn) {
    return { status: 'overtaken' };
  }
  await executions.start(name, JSON.stringify({ resume: request.id }));
  await ledger.audit({
    at: now().toISOString(),
    event: 'request.resumed',
    requestId: request.id,
    detail: `Its execution had ended: ${request.executionArn}`,
    eventId: request.change.eventId,
    executionArn,
  });
  return { status: 'taken-up', executionArn };
}

/** The same, but not so soon after the last time that it would spin. */
export async function takeUpWhenDue(
  tools: Tools & Pick<ReconcileTools, 'waits'>,
  open: OpenRequest,
): Promise<TakenUp> {
  const { handovers, handedOverAt, soon = false } = open;
  const due = Date.parse(handedOverAt ?? open.request.createdAt) + waitAfter(handovers, tools.waits);
  return !soon && due > tools.now().getTime() ? { status: 'later' } : takeUp(tools, open);
}
