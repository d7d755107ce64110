import type { AttachmentTarget, Change } from '../events/change.ts';
import { pack } from '../inspection/packed-document.ts';
import type { Plan } from '../ledger/intents.ts';
import { readVersionInForce } from './attachment/version-in-force.ts';
import { chooseBefore, plannedBefore, readKnownBefore } from './known-before.ts';
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
    case 'attachment':
      return planAttachment(target, change, { document, inForce }, tools);
  }
}

async function planAttachment(
  { policyArn }: AttachmentTarget,
  change: Change,
  { document, inForce }: { document: string; inForce: string | undefined },
  tools: PlanTools,
): Promise<Plan> {
  const [denying, known] = await Promise.all([
    inForce ?? readVersionInForce(tools.iam, policyArn),
    readKnownBefore(change, document, tools),
  ]);
  const { text, leftOut } = deniesOf(denying);
  return {
    type: 'attachment',
    ...(text !== undefined && { denies: pack(text) }),
    leftOut,
    ...plannedBefore(known),
  };
}

async function planInlinePolicy(change: Change, document: string, tools: PlanTools): Promise<Plan> {
  const known = await readKnownBefore(change, document, tools);
  const { document: before, isBefore } = (known && chooseBefore(known)) ?? {};
  const planned = plannedBefore(known);
  if (before !== undefined && isBefore !== undefined) {
    return { type: 'inline-policy', instead: pack(before), isBefore, leftOut: [], ...planned };
  }
  const { text, leftOut } = placeholderOf(...(before === undefined ? [] : [before]), document);
  return { type: 'inline-policy', instead: pack(text), leftOut, ...planned };
}
