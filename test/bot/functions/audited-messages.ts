import type { EmailState } from '../../../infra/sandbox/api/contract.ts';
import type { Message } from '../../../infra/sandbox/slack/workspace.ts';
import type { AuditTrail } from '../../../workflow/ledger/audit-trail.ts';

interface Told {
  messages: readonly Message[];
  emails?: readonly EmailState[];
}

/** The messages that more than one person sees and the e-mails that no audit entry names by its id, in words. */
export async function notInTheTrail(
  ledger: Pick<AuditTrail, 'recentAudit'>,
  { messages, emails = [] }: Told,
): Promise<string[]> {
  const entries = await ledger.recentAudit(1_000);
  const posted = messages.filter(
    ({ channel, ts, ephemeralFor }) =>
      ephemeralFor === null &&
      !entries.some(({ slackChannel, slackTs }) => slackChannel === channel && slackTs === ts),
  );
  const mailed = emails.filter(
    ({ messageId, to }) => !entries.some(({ emailId, emailTo }) => emailId === messageId && emailTo === to),
  );
  return [...posted.map(({ text }) => text), ...mailed.map(({ subject }) => subject)];
}
