import type { AttachmentTarget, Change } from '../events/change.ts';
import { pack } from '../inspection/packed-document.ts';
import type { Plan } from '../ledger/intents.ts';
import type { Principal } from '../ledger/request.ts';
import { readStood } from './attachment/stood.ts';
import { readVersionInForce } from './attachment/version-in-force.ts';
import { chooseBefore, type KnownBefore, plannedBefore, readKnownBefore } from './known-before.ts';
import { planVersion } from './managed-policy/plan-version.ts';
import { deniesOf, placeholderOf } from './placeholder.ts';
import type { PlanTools } from './tasks.ts';

interface Read {
  inForce?: string | undefined;
  served?: Promise<Principal | undefined>;
}

/**
 * What is to be put in a grant's place, decided before anything is written.
 *
 * @param document the reviewed one
 * @param read what was read already: the document of an attached policy, and whom the grant serves
 * @throws what IAM throws
 */
export async function planChange(
  change: Change,
  document: string,
  tools: PlanTools,
  read: Read = {},
): Promise<Plan> {
  const { target } = change;
  if (target.type === 'attachment') return planAttachment({ ...change, target }, tools, read);
  const known = readKnownBefore(change, document, tools, read.served);
  switch (target.type) {
    case 'managed-policy':
      return planVersion(target, change, document, tools, known);
    case 'inline-policy':
      return planInlinePolicy(document, await known);
  }
}

async function planAttachment(
  change: Change & { target: AttachmentTarget },
  tools: PlanTools,
  { inForce, served }: Read,
): Promise<Plan> {
  const granted = inForce ?? (await readVersionInForce(tools.iam, change.target.policyArn));
  const { document = granted, ...stood } = await readStood(change, granted, tools, served);
  const { text, leftOut } = deniesOf(document, granted);
  const denies = text === undefined ? undefined : pack(text);
  return { type: 'attachment', ...(denies && { denies }), ...stood, leftOut };
}

function planInlinePolicy(document: string, known: readonly KnownBefore[] | undefined): Plan {
  const { document: before, isBefore } = (known && chooseBefore(known)) ?? {};
  const planned = plannedBefore(known);
  if (before !== undefined && isBefore !== undefined) {
    return { type: 'inline-policy', instead: pack(before), isBefore, leftOut: [], ...planned };
  }
  const { text, leftOut } = placeholderOf(...(before === undefined ? [] : [before]), document);
  return { type: 'inline-policy', instead: pack(text), leftOut, ...planned };
}
