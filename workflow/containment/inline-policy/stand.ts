import type { InlinePolicyTarget } from '../../events/change.ts';
import { pack, unpack } from '../../inspection/packed-document.ts';
import type { Plan } from '../../ledger/intents.ts';
import type { Containment } from '../../ledger/request.ts';
import { ladderOf, leftOutOf, writeFirstThatFits } from '../ladder.ts';
import { orMissing } from '../or-missing.ts';
import type { ContainmentTools } from '../tasks.ts';

/** What stands under the inline policy's name until the decision. */
export type Standing = Extract<Containment, { type: 'inline-policy' }>;

/**
 * Puts what was planned under the inline policy's name; where that has no room, what needs less of it. Where nothing
 * has, the policy is deleted: containment never needs room.
 *
 * @param document the reviewed one
 */
export async function stand(
  { entity, entityName, policyName }: InlinePolicyTarget,
  { instead, isBefore, leftOut }: Extract<Plan, { type: 'inline-policy' }>,
  document: string,
  { iam }: Pick<ContainmentTools, 'iam'>,
): Promise<Standing> {
  const written = await writeFirstThatFits(ladderOf(unpack(instead), document), (text) =>
    iam.putInlinePolicy(entity, entityName, policyName, text),
  );
  if (written === undefined) await orMissing(iam.deleteInlinePolicy(entity, entityName, policyName));
  return {
    type: 'inline-policy',
    ...(written === undefined ? { deleted: true } : { stands: pack(written.document) }),
    ...(written?.document === unpack(instead) && isBefore
      ? { isBefore }
      : leftOutOf(document, written?.document, leftOut)),
  };
}
