import type { Exemption } from '../../../workflow/events/exemptions/exemption.ts';
import type { Mode, RestrictedAction } from '../../../workflow/inspection/finding.ts';
import { countOf, duration } from '../../wording/phrases.ts';
import { plainLine } from '../../wording/plain-line.ts';
import type { ShownSettings } from '../shown-settings.ts';

/** MODE, and how many entries of the list have a mode of their own that is another one. */
export interface DescribedMode {
  mode: Mode;
  exceptions: number;
}

export function modeView(mode: Mode, restricted: readonly RestrictedAction[]): DescribedMode {
  return { mode, exceptions: restricted.filter((entry) => (entry.mode ?? mode) !== mode).length };
}

/** What MODE means for whoever looks. */
export function describeMode({ mode, exceptions }: DescribedMode): string {
  const others = countOf(exceptions, 'restricted action', 'restricted actions');
  const observing = mode === 'observe';
  const rule = observing
    ? 'Changes that grant a restricted action are reported only, and stay in force.'
    : 'Changes that grant a restricted action are taken out of force until somebody decides.';
  if (exceptions === 0) return rule;
  return `${rule} ${observing ? `Quarantined all the same: ${others} of the list.` : `Reported only: ${others} of the list.`}`;
}

/** The settings that matter, each a label and a plain sentence; the approvers are ids, and shown by whoever lays out. */
export function describeSettings(
  settings: ShownSettings,
  restricted: number,
): [label: string, value: string][] {
  const { approvalsRequired, breakGlass, adminEmail, nudgeRules, timeoutSeconds, attachments } = settings;
  const seconds = (count: number) => duration(count * 1000);
  return [
    ['Approvals needed', countOf(approvalsRequired, 'approver')],
    ['Break glass', breakGlass ? 'On: an approver may approve their own change, with a reason.' : 'Off'],
    ['E-mail links', EMAIL_LINKS[settings.emailLinks]],
    ['Reminders', `After ${seconds(nudgeRules.reminderSeconds)}, then at intervals that double`],
    [
      'E-mail to the administrator',
      adminEmail === undefined
        ? 'ADMIN_EMAIL is not set'
        : `After ${seconds(nudgeRules.adminEmailSeconds)}, to ${plainLine(adminEmail)}`,
    ],
    ['Requests expire', `After ${seconds(timeoutSeconds)}, which denies them`],
    ['Attaching policies', ATTACHMENTS[attachments]],
    ['Restricted', countOf(restricted, 'action or pattern', 'actions and patterns')],
  ];
}

const EMAIL_LINKS: Readonly<Record<ShownSettings['emailLinks'], string>> = {
  'approve-and-deny': 'May approve and deny',
  'deny-only': 'May deny only',
  off: 'Off',
};

const ATTACHMENTS: Readonly<Record<ShownSettings['attachments'], string>> = {
  'ask-unless-approved': 'Asked about, unless the version in force was approved',
  'always-ask': 'Always asked about',
  off: 'Not looked at',
};

export interface DescribedExemption {
  pattern: string;
  reason: string;
  /** `until 2026-12-31`, or `ended on 2026-01-31`. */
  end: string;
}

/** @param now an exemption holds until the end of its last day, UTC */
export function describeExemption({ pattern, until, reason }: Exemption, now: Date): DescribedExemption {
  const ended = now.toISOString().slice(0, 10) > until;
  return {
    pattern: plainLine(pattern),
    reason: plainLine(reason),
    end: ended ? `ended on ${until}` : `until ${until}`,
  };
}
