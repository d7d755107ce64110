import type { ApproverExamination } from './approver-checks.ts';
import { checkApprovers } from './approver-checks.ts';
import type { AwsExamination } from './aws-checks.ts';
import { checkEmail, checkEvents, checkRule, checkTable } from './aws-checks.ts';
import type { Check } from './check.ts';
import type { SlackExamination } from './slack-checks.ts';
import { checkChannel, checkToken } from './slack-checks.ts';

/** Slack gives a command 3 s; what has not answered by then is reported as such. Milliseconds. */
const PATIENCE_MS = 2_000;

/** Examines every part at once. A check that fails to run is a finding too: nothing is thrown. */
export async function examine(
  subject: SlackExamination & ApproverExamination & AwsExamination,
): Promise<Check[]> {
  return await Promise.all([
    inTime('Slack token', checkToken(subject)),
    inTime('Slack channel', checkChannel(subject)),
    inTime('Approvers', checkApprovers(subject)),
    inTime('E-mail', checkEmail(subject)),
    inTime('Event rule', checkRule(subject)),
    inTime('Changes', checkEvents(subject)),
    inTime('Ledger', checkTable(subject)),
  ]);
}

async function inTime(name: string, check: Promise<Check>): Promise<Check> {
  const timeout = Promise.withResolvers<Check>();
  const timer = setTimeout(timeout.resolve, PATIENCE_MS, {
    name,
    status: 'unknown',
    found: `No answer within ${PATIENCE_MS / 1000} s.`,
    mend: 'Ask again; if it stays so, look at the status pages of AWS and Slack.',
  });
  try {
    return await Promise.race([check, timeout.promise]);
  } catch (error) {
    const found = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const mend = 'If permission is missing, run npm run deploy; otherwise ask again.';
    return { name, status: 'unknown', found, mend };
  } finally {
    clearTimeout(timer);
  }
}
