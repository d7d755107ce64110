import type { Exemption } from '../../../workflow/events/exemptions/exemption.ts';
import type { Mode, RestrictedAction } from '../../../workflow/inspection/finding.ts';
import type { Settings } from '../../../workflow/runtime/settings/schema.ts';
import { countOf, duration } from '../../media/wording/phrases.ts';
import { plainLine } from '../../media/wording/plain-line.ts';

/** MODE, and how many entries of the list have a mode of their own that is another one. */
interface DescribedMode {
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

/** The settings that people who decide should know of. */
export type ShownSettings = Pick<
  Settings,
  | 'MODE'
  | 'APPROVERS'
  | 'APPROVALS_REQUIRED'
  | 'BREAK_GLASS'
  | 'EMAIL_LINKS'
  | 'ATTACHMENTS'
  | 'REQUEST_TIMEOUT_SECONDS'
  | 'REMINDER_SECONDS'
  | 'ADMIN_EMAIL_SECONDS'
  | 'ADMIN_EMAIL'
>;

/** The settings that matter, each a label and a plain sentence; the approvers are ids, and shown by whoever lays out. */
export function describeSettings(
  settings: ShownSettings,
  restricted: number,
): [label: string, value: string][] {
  const seconds = (count: number) => duration(count * 1000);
  return [
    ['Approvals needed', countOf(settings.APPROVALS_REQUIRED, 'approver')],
    [
      'Break glass',
      settings.BREAK_GLASS ? 'On: an approver may approve their own change, with a reason.' : 'Off',
    ],
    ['E-mail links', EMAIL_LINKS[settings.EMAIL_LINKS]],
    ['Reminders', `After ${seconds(settings.REMINDER_SECONDS)}, then at intervals that double`],
    [
      'E-mail to the administrator',
      settings.ADMIN_EMAIL === undefined
        ? 'ADMIN_EMAIL is not set'
        : `After ${seconds(settings.ADMIN_EMAIL_SECONDS)}, to ${plainLine(settings.ADMIN_EMAIL)}`,
    ],
    ['Requests expire', `After ${seconds(settings.REQUEST_TIMEOUT_SECONDS)}, which denies them`],
    ['Attaching policies', ATTACHMENTS[settings.ATTACHMENTS]],
    ['Restricted', countOf(restricted, 'action or pattern', 'actions and patterns')],
  ];
}

const EMAIL_LINKS: Readonly<Record<Settings['EMAIL_LINKS'], string>> = {
  'approve-and-deny': 'May approve and deny',
  'deny-only': 'May deny only',
  off: 'Off',
};

const ATTACHMENTS: Readonly<Record<Settings['ATTACHMENTS'], string>> = {
  'ask-unless-approved': 'Asked about, unless the version in force was approved',
  'always-ask': 'Always asked about',
  off: 'Not looked at',
};

interface DescribedExemption {
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
