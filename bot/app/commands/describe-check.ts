import type { Finding, Mode, RestrictedAction } from '../../../workflow/inspection/finding.ts';
import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';
import { type DescribedFinding, describeFinding } from '../../media/wording/describe-finding.ts';
import { plainLine } from '../../media/wording/plain-line.ts';

/** What would be done about a policy, were it written now. */
export interface DescribedCheck {
  verdict: 'quarantined' | 'reported' | 'allowed';
  findings: (DescribedFinding & { mode: Mode })[];
  /** Why the text is no policy that can be read; it counts as restricted. */
  unreadable?: string;
}

/** What a question asks about: a document, or actions and patterns. */
export type Checked = { policy: string } | { actions: readonly string[] };

/**
 * Judges a policy by the very inspection that a change goes through; actions are judged as a policy that grants them
 * on everything.
 *
 * @param mode what MODE says, for entries without a mode of their own
 */
export function describeCheck(
  checked: Checked,
  restricted: readonly RestrictedAction[],
  mode: Mode,
): DescribedCheck {
  const text = 'policy' in checked ? checked.policy : grantOf(checked.actions);
  const { findings, unreadable } = inspectDocument(text, restricted);
  const modes = findings.map((finding) => finding.mode ?? mode);
  if (unreadable !== undefined) modes.push(mode);
  return {
    verdict: modes.includes('enforce') ? 'quarantined' : modes.length > 0 ? 'reported' : 'allowed',
    findings: findings.map((finding: Finding) => ({
      ...describeFinding(finding),
      mode: finding.mode ?? mode,
    })),
    ...(unreadable !== undefined && { unreadable: plainLine(unreadable) }),
  };
}

function grantOf(actions: readonly string[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: { Effect: 'Allow', Action: actions, Resource: '*' },
  });
}
