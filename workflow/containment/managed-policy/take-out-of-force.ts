import { LimitExceededError, NotFoundError } from '../../account/iam/iam.ts';
import { versionNumber } from '../../account/iam/version-number.ts';
import type { ManagedPolicyTarget } from '../../events/change.ts';
import { pack, unpack } from '../../inspection/packed-document.ts';
import type { Containment } from '../../ledger/request.ts';
import { isOnLadder, ladderOf, leftOutOf, writeFirstThatFits } from '../ladder.ts';
import type { OwnDoing } from '../own-doing.ts';
import type { ContainmentTools, QuarantineTask } from '../tasks.ts';
import { makeRoom } from './make-room.ts';
import { planVersion, type VersionPlan } from './plan-version.ts';
import { idsBefore, MOST_VERSIONS, type ReadVersion, readVersions } from './versions.ts';

/** What quarantine left in force instead of a version. */
export type InForceInstead = Extract<Containment, { type: 'managed-policy' }>;

/** A version that has to go out of force, and how. */
export interface Removal {
  target: ManagedPolicyTarget;
  change: QuarantineTask['change'];
  /** The version's document. */
  document: string;
  plan: VersionPlan;
  /** What the guard has written down about it; missing where no request comes of it. */
  own?: Pick<OwnDoing, 'isPossible'>;
}

/** No placeholder can be created, however short, and no version be deleted for it. */
class NoRoomForPlaceholderError extends Error {
  override name = 'NoRoomForPlaceholderError';
}

/**
 * Puts something harmless in force instead of the changed version, which stays: the fallback version, else a
 * placeholder version that is there already (so that a version put back while its request waits leads to what
 * quarantine left before), else a new one.
 *
 * @param others the policy's versions but this one, where they are read already
 */
export async function takeOutOfForce(
  removal: Removal,
  tools: ContainmentTools,
  others = readOthers(removal, tools),
): Promise<InForceInstead> {
  const { instead } = removal.plan;
  if ('placeholder' in instead)
    return standPlaceholder(removal, unpack(instead.placeholder), await others, tools);
  try {
    await tools.iam.setDefaultPolicyVersion(removal.target.policyArn, instead.versionId);
    return fallbackInForce(instead);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
  }
  const plan = await planVersion(removal.target, removal.change, removal.document, tools);
  if ('versionId' in plan.instead && plan.instead.versionId === instead.versionId) {
    throw new NotFoundError(
      `${instead.versionId}, which was to come into force, can be read and not be set.`,
    );
  }
  return takeOutOfForce({ ...removal, plan }, tools);
}

/** What a placeholder may be among; where an earlier version is to come into force, nobody asks. */
export async function readOthers(
  { target: { policyArn, versionId }, plan }: Pick<Removal, 'target' | 'plan'>,
  { iam }: Pick<ContainmentTools, 'iam'>,
): Promise<ReadVersion[]> {
  if (!('placeholder' in plan.instead)) return [];
  return readVersions(iam, policyArn, { ahead: idsBefore(versionId), except: versionId });
}

export function fallbackInForce(
  instead: Extract<VersionPlan['instead'], { versionId: string }>,
): InForceInstead {
  const { versionId, grants, isIdentical } = instead;
  return {
    type: 'managed-policy',
    inForceVersionId: versionId,
    ...(grants !== undefined && { inForceGrants: grants }),
    ...(isIdentical && { inForceIsIdentical: true }),
  };
}

async function standPlaceholder(
  removal: Removal,
  placeholder: string,
  others: readonly ReadVersion[],
  tools: ContainmentTools,
): Promise<InForceInstead> {
  const { target, document, plan } = removal;
  const there = others.find((version) => isOnLadder(version.document, placeholder, document));
  if (there === undefined) return createPlaceholder(removal, placeholder, tools);
  await tools.iam.setDefaultPolicyVersion(target.policyArn, there.versionId);
  // A read that lags may show it, and what was in force before an earlier try of this quarantine had made it.
  const created = await mayHaveMade(removal, there.versionId);
  return {
    type: 'managed-policy',
    inForceVersionId: there.versionId,
    ...(created && { placeholderVersionId: there.versionId }),
    stands: pack(there.document),
    ...leftOutOf(document, there.document, plan.leftOut),
  };
}

/** Whether a placeholder that is there may be of an earlier try of this quarantine, which makes its own after the version. */
export async function mayHaveMade(
  { target, own }: Pick<Removal, 'target' | 'own'>,
  versionId: string,
): Promise<boolean> {
  const newer = versionNumber(versionId) > versionNumber(target.versionId);
  return newer && own !== undefined && (await own.isPossible());
}

async function createPlaceholder(
  { target, document, plan }: Removal,
  placeholder: string,
  tools: ContainmentTools,
): Promise<InForceInstead> {
  const { policyArn, versionId } = target;
  let archivedVersionId: string | undefined;
  const created = await writeFirstThatFits(ladderOf(placeholder, document), async (text) => {
    const create = () => tools.iam.createDefaultPolicyVersion(policyArn, text);
    try {
      return await create();
    } catch (error) {
      if (!(error instanceof LimitExceededError)) throw error;
      const versions = await readVersions(tools.iam, policyArn);
      // A try whose answer was lost may have created the fifth version.
      const own = versions.find(
        (version) => version.isDefault && isOnLadder(version.document, text, document),
      );
      if (own !== undefined) return own.versionId;
      if (versions.length < MOST_VERSIONS) throw error;
      archivedVersionId = await makeRoom(policyArn, versionId, versions, tools);
      return create();
    }
  });
  if (created === undefined) {
    throw new NoRoomForPlaceholderError(
      `IAM takes no placeholder for ${policyArn}; take ${versionId} out of force by hand.`,
    );
  }
  return {
    type: 'managed-policy',
    inForceVersionId: created.answer,
    placeholderVersionId: created.answer,
    ...(archivedVersionId !== undefined && { archivedVersionId }),
    stands: pack(created.document),
    ...leftOutOf(document, created.document, plan.leftOut),
  };
}
