import type { Finding, Severity } from '../../workflow/inspection/finding.ts';
import { SEVERITIES } from '../../workflow/inspection/finding.ts';

/** @returns the worst severity that the list gives to any of the findings; undefined where it gives none */
export function worstSeverity(findings: readonly Pick<Finding, 'severity'>[]): Severity | undefined {
  return SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity));
}
