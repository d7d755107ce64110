import type { Change } from '../events/change.ts';
import { pack, sha256 } from '../inspection/packed-document.ts';
import type { Plan } from '../ledger/intents.ts';
import { targetKey } from '../ledger/target-key.ts';
import { readVersionInForce } from './attachment/version-in-force.ts';
import { planVersion } from './managed-policy/plan-version.ts';
import { deniesOf, placeholderOf } from './placeholder.ts';
import type { PlanTools } from './tasks.ts';

/**
 * What is to be put in a grant's place, decided before anything is written.
 *
 * @param document the reviewed one
 * @param inForce of an attached policy, where it was read already
 * @throws what IAM throws
 */
export async function planChange(
  change: Change,
  document: string,
  tools: PlanTools,
  inForce?: string,
): Promise<Plan> {
  const { target } = change;
  switch (target.type) {
    case 'managed-policy':
      return planVersion(target, change, document, tools);
    case 'inline-policy':
      return planInlinePolicy(change, document, tools);
    case 'attachment': {
      const { text, leftOut } = deniesOf(inForce ?? (await readVersionInForce(tools.iam, target.policyArn)));
      return { type: 'attachment', ...(text !== undefined && { denies: pack(text) }), leftOut };
    }
  }
}

async function planInlinePolicy(change: Change, document: string, tools: PlanTools): Promise<Plan> {
  const before = await tools.inForceBefore?.(change);
  if (before !== undefined && (await mayStand(before, change, tools))) {
    return { type: 'inline-policy', instead: pack(before), leftOut: [] };
  }
  const { text, leftOut } = placeholderOf(...(before === undefined ? [] : [before]), document);
  return { type: 'inline-policy', instead: pack(text), leftOut };
}

async function mayStand(before: string, change: Change, { lookups, evaluate }: PlanTools): Promise<boolean> {
  if (evaluate(before) === 'harmless') return true;
  const key = targetKey(change.accountId, change.target);
  return (await lookups.approvalOf(key, sha256(before))) !== undefined;
}
