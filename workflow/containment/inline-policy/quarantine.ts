import type { InlinePolicyTarget } from '../../events/change.ts';
import { isPlaceholder, sameDocument } from '../compare-documents.ts';
import { PLACEHOLDER } from '../placeholder.ts';
import type { Sighting } from '../settle.ts';
import { settle } from '../settle.ts';
import type { ContainmentTools, QuarantineResult, QuarantineTask } from '../tasks.ts';

interface Look {
  sighting: Sighting;
  current: string;
}

/**
 * Puts the placeholder under the inline policy's name. Looks at what stands there before it writes, so that it may
 * be repeated, and so that neither a later policy nor the placeholder is taken for the reviewed document.
 */
export async function quarantineInlinePolicy(
  target: InlinePolicyTarget,
  task: QuarantineTask,
  tools: ContainmentTools,
): Promise<QuarantineResult> {
  const { entity, entityName, policyName } = target;
  const seen = await settle(() => look(target, task, tools), tools.pause);
  const document = seen.sighting === 'granted' ? seen.current : task.document;
  const ours = seen.sighting === 'granted' || seen.sighting === 'contained';
  if (document === undefined || !(ours || (await tools.lookups.isRecorded(task.change.requestId)))) {
    return superseded(target, task, seen);
  }
  if (ours) {
    if (task.document === undefined) keepInLog(task, document, tools);
    // Also over a placeholder: that read may lag behind, a write does not.
    await tools.iam.putInlinePolicy(entity, entityName, policyName, PLACEHOLDER);
  }
  const detail = `${policyName} of ${entity} ${entityName} is a placeholder now that grants nothing.`;
  return { status: 'quarantined', detail, document, containment: { type: 'inline-policy' } };
}

async function look(
  { entity, entityName, policyName }: InlinePolicyTarget,
  task: QuarantineTask,
  { iam }: ContainmentTools,
): Promise<Look> {
  const current = await iam.getInlinePolicy(entity, entityName, policyName);
  if (isPlaceholder(current)) return { sighting: 'contained', current };
  const granted = task.document === undefined || sameDocument(task.document, current);
  return { sighting: granted ? 'granted' : 'other', current };
}

/** The only copy is about to be overwritten; should this try be cut short, the next could not read it again. */
function keepInLog({ change }: QuarantineTask, document: string, { log }: ContainmentTools): void {
  const { requestId, target } = change;
  log.warn('The event holds no document; the one that is replaced now is kept here.', {
    requestId,
    target,
    document,
  });
}

function superseded(
  { entity, entityName, policyName }: InlinePolicyTarget,
  { document }: QuarantineTask,
  seen: Look,
): QuarantineResult {
  const found =
    document === undefined && seen.sighting === 'contained'
      ? 'is a placeholder already, and the event does not hold what was written; the log of this function may'
      : 'has been replaced by a later policy meanwhile';
  return {
    status: 'superseded',
    detail: `${policyName} of ${entity} ${entityName} ${found}. Nothing was changed.`,
  };
}
