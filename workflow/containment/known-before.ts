import type { IamReader } from '../account/iam/iam.ts';
import type { Change, Target } from '../events/change.ts';
import { packIfSmall, sha256 } from '../inspection/packed-document.ts';
import type { PlannedBefore } from '../ledger/intents.ts';
import type { IsBefore, Principal, Surroundings } from '../ledger/request.ts';
import { bestEffort } from '../runtime/best-effort.ts';
import { inTime } from '../runtime/in-time.ts';
import type { KnownPlace } from './ledger-lookups.ts';
import { isCarriedOutFor } from './principal.ts';
import type { PlanTools } from './tasks.ts';

/** What stood there. */
export type KnownBefore = KnownPlace['stood'][number] & {
  /** Why it may stand there again, by the list of now; missing where it may not. */
  isBefore?: IsBefore;
};

/**
 * What stood where a change put its document, for the very user, group, role or policy that is there now: a name is
 * given again.
 *
 * @param document the one that the change has put there
 * @param served whom the change serves, where that is read already
 * @returns the most probable first; undefined where it is not known
 */
export async function readKnownBefore(
  change: Change,
  document: string,
  { lookups, iam, evaluate, limits, log }: Pick<PlanTools, 'lookups' | 'iam' | 'evaluate' | 'limits' | 'log'>,
  served?: Promise<Pick<Principal, 'id'> | undefined>,
): Promise<KnownBefore[] | undefined> {
  const { requestId, target } = change;
  if (change.eventName === 'CreatePolicy') return undefined;
  const place = await lookups.stoodBefore(change, sha256(document));
  if (place === undefined) return undefined;
  const why = 'Nothing told who is there now; going on without what the inventory knows.';
  const ask = async () => (served === undefined ? readId(target, iam) : (await served)?.id);
  const id = await bestEffort(log.warn, why, { requestId }, () => inTime(ask(), limits.planMs));
  if (id === undefined || place.id !== id) return undefined;
  return place.stood.map((stood) => ({
    ...stood,
    // What the change has written once more is what is asked about.
    ...(stood.document !== document && mayStandAgain(stood, id, evaluate)),
  }));
}

/** @param id of who is there now */
export function mayStandAgain(
  { document, approval }: Pick<KnownPlace['stood'][number], 'document' | 'approval'>,
  id: string,
  evaluate: PlanTools['evaluate'],
): Pick<KnownBefore, 'isBefore'> {
  if (evaluate(document) === 'harmless') return { isBefore: 'harmless' };
  return isCarriedOutFor(approval, { id }) ? { isBefore: 'approved' } : {};
}

/** The unique id of the user, group, role or policy that a target names. @throws NotFoundError, what IAM throws */
export async function readId(target: Target, iam: IamReader): Promise<string> {
  const { id } = await (target.type === 'managed-policy'
    ? iam.getPolicy(target.policyArn)
    : iam.getHolder(target.entity, target.entityName));
  return id;
}

/** Which of these counts as what stood there: what may stand again, unless something settled came after it. */
export function chooseBefore(known: readonly KnownBefore[]): KnownBefore | undefined {
  return known.find(({ settled, isBefore }) => settled || isBefore !== undefined) ?? known[0];
}

/** What is kept of it, for whoever decides. */
export function plannedBefore(known: readonly KnownBefore[] | undefined): { before?: PlannedBefore } {
  if (known === undefined) return {};
  const before = chooseBefore(known);
  if (before === undefined) return { before: 'nothing' };
  const { document, versionId, since } = before;
  const packed = packIfSmall(document);
  return {
    before: {
      ...(packed && { document: packed }),
      ...(versionId !== undefined && { versionId }),
      ...(since !== undefined && { since }),
    },
  };
}

/** The same in words. */
export function tellBefore(planned: PlannedBefore, { type }: Target): NonNullable<Surroundings['before']> {
  if (planned === 'nothing') return { label: type === 'attachment' ? 'not attached' : 'nothing' };
  const { versionId = 'an earlier version', ...before } = planned;
  const label = {
    'managed-policy': versionId,
    'inline-policy': 'as it stood',
    attachment: 'attached already',
  };
  return { label: label[type], ...before };
}
