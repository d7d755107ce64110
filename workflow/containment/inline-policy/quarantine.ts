import { NotFoundError } from '../../account/iam/iam.ts';
import type { InlinePolicyTarget } from '../../events/change.ts';
import { pack, unpack } from '../../inspection/packed-document.ts';
import type { Plan } from '../../ledger/intents.ts';
import { begin } from '../begin.ts';
import { sameDocument } from '../compare-documents.ts';
import { isOnLadder } from '../ladder.ts';
import { orMissing } from '../or-missing.ts';
import { type OwnDoing, ownDoing } from '../own-doing.ts';
import { PLACEHOLDER, sameText } from '../placeholder.ts';
import { planChange } from '../plan.ts';
import { countPutBacks, tellPutBacks } from '../put-backs.ts';
import { lookUntil, type Sighting, settle } from '../settle.ts';
import type { ContainmentTools, QuarantineResult, QuarantineTask } from '../tasks.ts';
import { type Standing, stand } from './stand.ts';

type InlinePlan = Extract<Plan, { type: 'inline-policy' }>;

interface Look {
  sighting: Sighting;
  /** Missing when the policy is. */
  current: string | undefined;
  /** What would be put there stands there already. */
  stands?: true;
}

/** What there is to be found, as far as that is known. */
interface Expected {
  judged: string | undefined;
  plan: InlinePlan | undefined;
  own: OwnDoing;
  /** Whether the guard has taken a document out of force here. */
  isOurs(document: string): Promise<boolean>;
}

/**
 * Puts what may stand meanwhile under the inline policy's name. Looks at what stands there before it writes, so that
 * it may be repeated, and so that neither a later policy nor the placeholder is taken for the reviewed document.
 */
export async function quarantineInlinePolicy(
  target: InlinePolicyTarget,
  task: QuarantineTask,
  tools: ContainmentTools,
): Promise<QuarantineResult> {
  const own = ownDoing(task, tools.lookups);
  // The event may hold no document; then an earlier try may have written down the one that it has taken out.
  const judged = task.document ?? (task.retryCount > 0 ? await own.document() : undefined);
  const plan = judged === undefined ? undefined : await planOf(task, judged, own, tools);
  let asked: Promise<boolean> | undefined;
  const isOurs = (text: string) => (asked ??= lookUntil(() => own.hasTakenOut(text), Boolean, tools.pause));
  const seen = await settle(() => look(target, { judged, plan, own, isOurs }, tools), tools.pause);
  const document = seen.sighting === 'granted' ? seen.current : judged;
  const ours = seen.sighting === 'granted' || seen.sighting === 'contained';
  if (document === undefined || !(ours || (await tools.lookups.recorded(task.change.requestId)))) {
    // That read may lag behind, a write does not.
    if (seen.stands && plan && judged !== undefined) await stand(target, plan, judged, tools);
    return superseded(target, judged, seen);
  }
  if (judged === undefined) keepInLog(task, document, tools);
  const planned = plan ?? (await planOf(task, document, own, tools));
  // Also over a placeholder: that read may lag behind, a write does not.
  const tookOut = seen.sighting === 'granted' ? ({ tookOut: true } as const) : await own.tookOut();
  const standing = await begin(task, { plan: planned, document, ...tookOut }, tools, async () => {
    return ours ? stand(target, planned, document, tools) : asFound(seen.current);
  });
  const put = seen.sighting === 'granted' ? await countPutBacks(task, document, own, true, tools) : undefined;
  return {
    status: 'quarantined',
    detail: `${tell(target, standing)}${tellPutBacks(put)}`,
    document,
    containment: { ...standing, ...tookOut },
    ...(put && { putBacks: put.putBacks }),
    ...(planned.before !== undefined && { before: planned.before }),
  };
}

async function planOf(
  task: QuarantineTask,
  document: string,
  own: OwnDoing,
  tools: ContainmentTools,
): Promise<InlinePlan> {
  const plan = task.plan ?? (await own.plan());
  if (plan?.type === 'inline-policy') return plan;
  return (await planChange(task.change, document, tools)) as InlinePlan;
}

async function look(
  { entity, entityName, policyName }: InlinePolicyTarget,
  { judged, plan, own, isOurs }: Expected,
  { iam }: ContainmentTools,
): Promise<Look> {
  const current = await orMissing(iam.getInlinePolicy(entity, entityName, policyName));
  if (current === undefined) {
    // Where nothing else had room, an earlier try has deleted it. Without its holder, though, it is gone.
    await iam.getHolder(entity, entityName);
    if (judged !== undefined && (await own.isPossible()) && (await isOurs(judged))) {
      return { sighting: 'contained', current };
    }
    throw new NotFoundError(`${policyName} of ${entity} ${entityName} is not there.`);
  }
  if (judged === undefined || plan === undefined) {
    return { sighting: sameText(current, PLACEHOLDER) ? 'contained' : 'granted', current };
  }
  if (isOnLadder(current, unpack(plan.instead), judged)) {
    const contained = (await own.isPossible()) || (await isOurs(judged));
    return { sighting: contained ? 'contained' : 'other', current, stands: true };
  }
  return { sighting: sameDocument(judged, current) ? 'granted' : 'other', current };
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

function asFound(current: string | undefined): Standing {
  return {
    type: 'inline-policy',
    ...(current === undefined ? { deleted: true } : { stands: pack(current) }),
  };
}

function tell(
  { entity, entityName, policyName }: InlinePolicyTarget,
  { deleted, isBefore }: Standing,
): string {
  const what = `${policyName} of ${entity} ${entityName}`;
  if (isBefore) return `${what} is again what was last seen there before the change.`;
  return deleted
    ? `${what} is deleted until the decision, because nothing else had room; its document is kept.`
    : `${what} is a placeholder now that grants nothing.`;
}

function superseded(
  { entity, entityName, policyName }: InlinePolicyTarget,
  judged: string | undefined,
  seen: Look,
): QuarantineResult {
  return {
    status: 'superseded',
    detail: `${policyName} of ${entity} ${entityName} ${whySuperseded(judged, seen)}. Nothing was changed.`,
  };
}

function whySuperseded(judged: string | undefined, { sighting, stands }: Look): string {
  if (stands) return 'is not what the event tells of, and the guard has not taken that out of force';
  return judged === undefined && sighting === 'contained'
    ? 'is a placeholder already, and the event does not hold what was written; the log of this function may'
    : 'has been replaced by a later policy meanwhile';
}
