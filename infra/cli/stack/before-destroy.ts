import { describeChange } from '../../../bot/media/wording/describe-change.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { STACK_NAME } from '../../aws/names.ts';

/**
 * What whoever takes the guard down has to know first: what stays, and for which requests nobody will be asked again.
 *
 * @param tableName the ledger, which stays
 * @param waiting requests without a decision, at most `limit` of them
 */
export function beforeDestroy(tableName: string, waiting: readonly ApprovalRequest[], limit: number): string {
  return [
    'What stays:',
    `  The table ${tableName}, with every request, decision and reviewed document. It is protected from deletion.`,
    "  The trail's bucket, if the stack made a trail.",
    'What goes: everything else, with the secrets, the logs and the approvals that still could be given.',
    ...whatWaits(waiting, limit),
    '',
  ].join('\n');
}

/**
 * What has to be done first: the stack is protected, so that nobody deletes the guard in passing.
 *
 * @param region where the stack is
 */
export function howToUnprotect(region: string): string {
  return [
    'The stack is protected from deletion. Once you are sure, take that off, and start again:',
    `  aws cloudformation update-termination-protection --no-enable-termination-protection --stack-name ${STACK_NAME} --region ${region}`,
    '',
  ].join('\n');
}

function whatWaits(waiting: readonly ApprovalRequest[], limit: number): string[] {
  if (waiting.length === 0) return ['No request waits for a decision.'];
  const count = waiting.length < limit ? String(waiting.length) : `${limit} or more`;
  return [
    `Still waiting (${count}); what they concern stays in quarantine, and nobody will be asked again. Decide them first:`,
    ...waiting.map((request) => `  ${request.id}  ${describeChange(request.change).title}`),
  ];
}
