import type { Inspection, Mode, RestrictedAction } from '../inspection/finding.ts';
import { inspectDocument } from '../inspection/inspect-document.ts';
import { mustQuarantine } from '../inspection/must-quarantine.ts';

/** By what a document is judged. */
export interface ReviewRules {
  restricted: readonly RestrictedAction[];
  /** MODE, which holds wherever a restricted action has no mode of its own. */
  mode: Mode;
}

/**
 * Inspects a document where a failing inspection must not stop anything: what cannot be inspected is restricted,
 * and says why.
 */
export function review(document: string, restricted: readonly RestrictedAction[]): Inspection {
  try {
    return inspectDocument(document, restricted);
  } catch (error) {
    return { restricted: true, findings: [], unreadable: `It could not be inspected (${String(error)}).` };
  }
}

/** Whether a document grants what has to be taken out of force, rather than nothing restricted or what is observed. */
export function wouldBeQuarantined(document: string, { restricted, mode }: ReviewRules): boolean {
  return mustQuarantine(review(document, restricted), mode);
}
