import { type Finding, SEVERITIES, type Severity } from '../../../workflow/inspection/finding.ts';
import { plainLine } from './plain-line.ts';

/** One finding in words, each a single line. */
export interface DescribedFinding {
  /** The restricted action, as configured. */
  restricted: string;
  /** The pattern that grants it, as written. */
  grantedBy: string;
  /** `statement 0 (Sid AllowDelete)`; counted from 0, as `inspect --json` does. */
  statement: string;
  /** `*`, ARNs, or `NotResource: …`. */
  resources: string[];
  /** The condition as JSON, when there is one. */
  condition?: string;
  /** Which resource, or which missing condition, made the entry count, where it does not always. */
  because?: string;
  /** The named set the restricted action came from, e.g. `@data-destruction`. */
  set?: string;
  /** Why the action is restricted, in one line. */
  why?: string;
  severity?: Severity;
}

export function describeFinding(finding: Finding): DescribedFinding {
  const sid = finding.sid === undefined || finding.sid === '' ? '' : ` (Sid ${plainLine(finding.sid)})`;
  const condition = finding.condition ?? (finding.conditional ? 'under a condition' : undefined);
  return {
    restricted: plainLine(finding.restricted),
    grantedBy: plainLine(finding.grantedBy),
    statement: `statement ${finding.statement}${sid}`,
    resources: finding.resources.map(plainLine),
    ...(condition === undefined ? {} : { condition: plainLine(condition) }),
    ...(finding.because !== undefined && { because: plainLine(finding.because) }),
    ...(finding.set === undefined ? {} : { set: plainLine(finding.set) }),
    ...(finding.why === undefined ? {} : { why: plainLine(finding.why) }),
    ...(finding.severity !== undefined && { severity: finding.severity }),
  };
}

/** @returns the worst severity that the list gives to any of the findings; undefined where it gives none */
export function worstSeverity(findings: readonly Pick<Finding, 'severity'>[]): Severity | undefined {
  return SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity));
}
