import { unpack } from '../inspection/packed-document.ts';
import type { ApprovalRequest, Containment } from '../ledger/request.ts';
import { MOST_REQUESTS } from '../ledger/requests.ts';
import { targetKey } from '../ledger/target-key.ts';
import { isPlaceholderOf, sameText } from './placeholder.ts';
import type { ContainmentTools, DecidedTask } from './tasks.ts';

/**
 * Whether what stands in a grant's place is what quarantine left there: for this request, or for another one on the
 * same target, whose change came later or whose decision came first.
 *
 * @param current undefined when nothing stands there
 */
export async function isLeftByQuarantine(
  current: string | undefined,
  task: DecidedTask,
  { ledger }: Pick<ContainmentTools, 'ledger'>,
): Promise<boolean> {
  if (isLeftBy(current, task.containment, task.document)) return true;
  const key = targetKey(task.change.accountId, task.change.target);
  const others = await ledger.listByTarget(key, MOST_REQUESTS);
  return others.some(({ containment, document }) => isLeftBy(current, containment, documentOf(document)));
}

function isLeftBy(
  current: string | undefined,
  containment: Containment,
  document: string | undefined,
): boolean {
  if (current === undefined) return containment.type === 'inline-policy' && containment.deleted === true;
  if (document !== undefined && isPlaceholderOf(current, document)) return true;
  const stands = 'stands' in containment ? containment.stands : undefined;
  return stands !== undefined && sameText(current, unpack(stands));
}

function documentOf(document: ApprovalRequest['document']): string | undefined {
  return document && unpack(document);
}
