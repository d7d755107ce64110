import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { countOf } from './phrases.ts';
import { plainLine } from './plain-line.ts';

/** Whom a grant serves. */
export interface DescribedReach {
  /** Each as a phrase, e.g. `role deployer`; in no more than the order in which IAM tells them. */
  principals: string[];
  /** `1 principal`, `0 principals`. */
  count: string;
}

/** @returns undefined when it could not be read, or nothing was touched and nobody looked */
export function describeReach({
  surroundings,
}: Pick<ApprovalRequest, 'surroundings'>): DescribedReach | undefined {
  const attachedTo = surroundings?.attachedTo;
  if (attachedTo === undefined) return undefined;
  return { principals: attachedTo.map(principal), count: countOf(attachedTo.length, 'principal') };
}

/** `role/deployer` → `role deployer`. */
function principal(holder: string): string {
  return plainLine(holder.replace('/', ' '));
}
