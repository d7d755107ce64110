import type { Inspection, RestrictedAction } from '../inspection/finding.ts';
import { inspectDocument } from '../inspection/inspect-document.ts';
import { type Evaluation, mustQuarantine, type ReviewRules } from '../inspection/must-quarantine.ts';

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
export function wouldBeQuarantined(document: string, rules: ReviewRules): boolean {
  return evaluate(document, rules) === 'restricted';
}

/** What a document that is in force, or may be, means to the guard. */
export function evaluate(document: string, rules: ReviewRules): Evaluation {
  const inspection = review(document, rules.restricted);
  if (!inspection.restricted) return 'harmless';
  return mustQuarantine(inspection, rules) ? 'restricted' : 'observed';
}
