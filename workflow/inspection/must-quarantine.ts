import type { Inspection, Mode, RestrictedAction } from './finding.ts';

/** By what a document is judged. */
export interface ReviewRules {
  restricted: readonly RestrictedAction[];
  /** MODE, which holds wherever a restricted action has no mode of its own. */
  mode: Mode;
}

/** `harmless`: grants nothing restricted. `observed`: reported and left alone. `restricted`: has to be quarantined. */
export type Evaluation = 'harmless' | 'observed' | 'restricted';

/**
 * Whether what a document grants has to be taken out of force; what is restricted and need not be is observed. One
 * grant that is enforced is enough. What could not be read may grant any restricted action, so it is enforced like
 * the strictest of them, and wherever MODE says so.
 */
export function mustQuarantine(
  { findings, unreadable }: Pick<Inspection, 'findings' | 'unreadable'>,
  { restricted, mode }: ReviewRules,
): boolean {
  const enforced = (each: { mode?: Mode }) => (each.mode ?? mode) === 'enforce';
  if (unreadable !== undefined && (mode === 'enforce' || restricted.some(enforced))) return true;
  return findings.some(enforced);
}
