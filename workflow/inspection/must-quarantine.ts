import type { Inspection, Mode } from './finding.ts';

/**
 * Whether what a document grants has to be taken out of force; what is restricted and need not be is observed. One
 * grant that is enforced is enough. MODE counts for grants whose restricted action has no mode of its own, and for
 * what could not be read.
 */
export function mustQuarantine(
  { findings, unreadable }: Pick<Inspection, 'findings' | 'unreadable'>,
  mode: Mode,
): boolean {
  if (unreadable !== undefined && mode === 'enforce') return true;
  return findings.some((finding) => (finding.mode ?? mode) === 'enforce');
}
