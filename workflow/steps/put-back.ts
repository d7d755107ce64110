import { approvalKeys } from '../containment/approval-keys.ts';
import { restoreChange } from '../containment/contain.ts';
import { covers } from '../containment/principal.ts';
import type { ContainmentTools } from '../containment/tasks.ts';
import { unpack } from '../inspection/packed-document.ts';
import type { Approval } from '../ledger/decisions.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Settings } from '../runtime/settings/schema.ts';
import type { Quarantined } from './payloads.ts';
import type { Ending } from './restore.ts';

/**
 * Undoes a quarantine at once, where the ledger, which did not answer before, shows that exactly this document was
 * approved for this principal, and nothing has changed since. Nobody is asked again. Safe to repeat.
 *
 * @returns undefined when it has to be asked about
 * @throws what the ledger and IAM throw: not known is not approved, and the grant stays out of force
 */
export async function putBackApproved(
  quarantined: Quarantined,
  retryCount: number,
  { attachments }: { attachments: Settings['ATTACHMENTS'] },
  ledger: Pick<Ledger, 'findApproval'>,
  tools: ContainmentTools,
): Promise<Ending | undefined> {
  const { status, change, document, containment, principal } = quarantined;
  if (status !== 'quarantined' || document === undefined || containment === undefined) return undefined;
  if (change.target.type === 'attachment' && attachments === 'always-ask') return undefined;
  const approval = await approvedBefore(quarantined, ledger);
  if (approval === undefined) return undefined;
  const { requestId } = change;
  const task = { change, requestId, document: unpack(document), containment, principal, retryCount };
  const result = await restoreChange(task, tools);
  if (result.status !== 'restored') return undefined;
  const detail = `Exactly this was approved before by ${approval.by} in request ${approval.requestId}. ${result.detail}`;
  return { outcome: 'approved', detail };
}

/** The approval of exactly what was quarantined, for this principal. @throws what the ledger throws */
export async function approvedBefore(
  quarantined: Quarantined,
  ledger: Pick<Ledger, 'findApproval'>,
): Promise<Approval | undefined> {
  const { change, document } = quarantined;
  if (document === undefined) return undefined;
  const found = await Promise.all(
    approvalKeys(change).map((key) => ledger.findApproval(key, document.sha256)),
  );
  return found.find((approval) => approval !== undefined && covers(approval, quarantined));
}
