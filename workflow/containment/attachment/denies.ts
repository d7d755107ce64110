import { LimitExceededError, RefusedDocumentError } from '../../account/iam/iam.ts';
import type { AttachmentTarget, Target } from '../../events/change.ts';
import { type PackedDocument, pack, sha256, unpack } from '../../inspection/packed-document.ts';
import type { Containment } from '../../ledger/request.ts';
import { orMissing } from '../or-missing.ts';
import { deniesOf, sameText } from '../placeholder.ts';
import type { ContainmentTools } from '../tasks.ts';

type Standing = Extract<Containment, { type: 'attachment' }>;

/** The longest name that IAM takes for an inline policy. */
const LONGEST_NAME = 128;
/** Of the hexadecimal digits of a hash: enough that no two policies of a holder share them by chance. */
const HASH_DIGITS = 16;

/**
 * Under which name the Denies of a policy stand while it is detached. One that does not fit, or that a policy of the
 * account may have as well as one of AWS's, is told apart by a hash of the ARN.
 */
function deniesNameOf(policyArn: string): string {
  const name = `PolicyGuardDenies-${policyArn.split('/').at(-1)}`;
  const isAwsManaged = policyArn.split(':')[4] === 'aws';
  if (name.length <= LONGEST_NAME && !isAwsManaged) return name;
  const hash = `-${sha256(policyArn).slice(0, HASH_DIGITS)}`;
  return `${name.slice(0, LONGEST_NAME - hash.length)}${hash}`;
}

/**
 * Puts what a detached policy denies into an inline policy of its own, until the decision. What has no room there,
 * or whose name somebody else's policy has, is left out and named: the grant is out of force already.
 *
 * @param documents the policy's version in force last; before it what was in force before, where that is known
 */
export async function standDenies(
  { entity, entityName, policyArn }: AttachmentTarget,
  documents: readonly string[],
  { iam }: Pick<ContainmentTools, 'iam'>,
): Promise<Standing> {
  const { text, leftOut } = deniesOf(...documents);
  const without = (...reasons: string[]): Standing => {
    const all = [...leftOut, ...reasons];
    return { type: 'attachment', ...(all.length > 0 && { leftOut: all }) };
  };
  if (text === undefined) return without();
  const name = deniesNameOf(policyArn);
  const there = await orMissing(iam.getInlinePolicy(entity, entityName, name));
  if (there !== undefined && !sameText(there, text)) {
    return without(`its Denies: another policy has the name ${name}`);
  }
  try {
    await iam.putInlinePolicy(entity, entityName, name, text);
    return { ...without(), deniesName: name, stands: pack(text) };
  } catch (error) {
    if (error instanceof LimitExceededError) return without('its Denies: they have no room');
    if (error instanceof RefusedDocumentError) return without('its Denies: IAM does not take them');
    throw error;
  }
}

/** What stands there by a plan that was begun. @param denies undefined where nothing was to stand */
export function plannedStanding(target: Target, denies: PackedDocument | undefined): Containment {
  const stands = target.type === 'attachment' && denies !== undefined;
  return {
    type: 'attachment',
    ...(stands && { deniesName: deniesNameOf(target.policyArn), stands: denies }),
  };
}

/**
 * Deletes that inline policy after the decision, unless somebody has changed it. Safe to repeat. One that is not shown
 * is deleted too: a read may lag behind, a write does not.
 *
 * @param containment what quarantine left there
 */
export async function removeDenies(
  { entity, entityName }: Pick<AttachmentTarget, 'entity' | 'entityName'>,
  containment: Containment,
  { iam }: Pick<ContainmentTools, 'iam'>,
): Promise<void> {
  if (containment.type !== 'attachment') return;
  const { deniesName, stands } = containment;
  if (deniesName === undefined || stands === undefined) return;
  const there = await orMissing(iam.getInlinePolicy(entity, entityName, deniesName));
  if (there === undefined || sameText(there, unpack(stands))) {
    await orMissing(iam.deleteInlinePolicy(entity, entityName, deniesName));
  }
}
