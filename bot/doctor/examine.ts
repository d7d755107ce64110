import { inTime, LateError } from '../../workflow/runtime/in-time.ts';
import { type ApproverExamination, checkApprovers } from './approver-checks.ts';
import { type AwsExamination, checkEmail, checkEvents, checkRule, checkTable } from './aws-checks.ts';
import type { Check } from './check.ts';
import { checkClock } from './clock-check.ts';
import { checkList, type ListExamination } from './list-check.ts';
import { checkChannel, checkToken, type SlackExamination } from './slack-checks.ts';
import { checkSweep, type SweepExamination } from './sweep-check.ts';

/**
 * Examines every part at once. A check that fails to run is a finding too: nothing is thrown.
 *
 * @param checkMs how long a check may take, in milliseconds; what has not answered by then is reported as such
 */
export async function examine(
  subject: SlackExamination & ApproverExamination & ListExamination & AwsExamination & SweepExamination,
  checkMs: number,
): Promise<Check[]> {
  const answerOf = (name: string, check: Promise<Check>) => findingOf(name, check, checkMs);
  return await Promise.all([
    answerOf('Slack token', checkToken(subject)),
    answerOf('Slack channel', checkChannel(subject)),
    answerOf('Approvers', checkApprovers(subject)),
    answerOf('Restricted actions', checkList(subject)),
    answerOf('E-mail', checkEmail(subject)),
    answerOf('Event rule', checkRule(subject)),
    answerOf('Changes', checkEvents(subject)),
    answerOf('Sweep', checkSweep(subject)),
    answerOf('Ledger', checkTable(subject)),
    answerOf('Clock', checkClock(subject)),
  ]);
}

async function findingOf(name: string, check: Promise<Check>, checkMs: number): Promise<Check> {
  try {
    return await inTime(check, checkMs);
  } catch (error) {
    if (error instanceof LateError) {
      const found = `No answer within ${checkMs / 1000} s.`;
      return {
        name,
        status: 'unknown',
        found,
        mend: 'Ask again; if it stays so, look at the status pages of AWS and Slack.',
      };
    }
    const found = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const mend = 'If permission is missing, run npm run deploy; otherwise ask again.';
    return { name, status: 'unknown', found, mend };
  }
}
