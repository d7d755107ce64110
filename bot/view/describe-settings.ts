import { counted } from './count-words.ts';
import { plainLine } from './plain-line.ts';
import type { ShownSettings } from './shown-settings.ts';
import { duration } from './wording.ts';

/** What MODE means for whoever looks. */
export function describeMode(mode: ShownSettings['mode']): string {
  return mode === 'enforce'
    ? 'Changes that grant a restricted action are taken out of force until somebody decides.'
    : 'Nothing is touched: changes that grant a restricted action are reported only, and stay in force.';
}

/** The settings that matter, each a label and a plain sentence; the approvers are ids, and shown by whoever lays out. */
export function describeSettings(
  settings: ShownSettings,
  restricted: number,
): [label: string, value: string][] {
  const { approvalsRequired, breakGlass, adminEmail, nudgeRules, timeoutSeconds, attachments } = settings;
  const seconds = (count: number) => duration(count * 1000);
  return [
    ['Approvals needed', counted(approvalsRequired, 'approver')],
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
    ['Restricted', counted(restricted, 'action or pattern', 'actions and patterns')],
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
