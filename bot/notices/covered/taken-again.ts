import type { Change } from '../../../workflow/events/change.ts';
import type { InspectionSummary } from '../../../workflow/inspection/summarise.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { executionConsoleUrl } from '../../media/wording/console-url.ts';
import { describeChange, entityPhrase, policyName } from '../../media/wording/describe-change.ts';
import { describeOutcome } from '../../media/wording/describe-outcome.ts';
import { plainLine } from '../../media/wording/plain-line.ts';
import { type DescribedEscalation, RUNBOOK } from '../escalation/words.ts';

/** A grant that was taken out of force though the request that covers it waits no more. */
interface TakenAgain {
  change: Change;
  inspection: InspectionSummary;
  /** The id of the request that covers the change. */
  coveredBy: string;
  /** That request, where the ledger has it; not pending. */
  request: ApprovalRequest | undefined;
  executionArn: string;
}

export function describeTakenAgain(taken: TakenAgain): DescribedEscalation {
  const { change, inspection, coveredBy, executionArn } = taken;
  return {
    title: 'Policy Guard took a grant out of force again, and no request waits for it',
    danger: `A second report of a change was quarantined after the first had ended. ${endOf(taken)} Nobody is asked again.`,
    whatToDo: `Look whether the grant is in force. If it should be, approve it by hand: ${putBack(change)}, which is judged like any change. Otherwise leave it out. “/policy-guard show ${plainLine(coveredBy)}” shows the record; ${RUNBOOK}.`,
    change: describeChange(change, inspection),
    executionArn: plainLine(executionArn),
    executionUrl: executionConsoleUrl(executionArn),
  };
}

/** How the first report has ended, in one sentence. */
export function endOf({ coveredBy, request }: Pick<TakenAgain, 'coveredBy' | 'request'>): string {
  const ended = request && describeOutcome(request);
  if (ended === undefined)
    return `The ledger does not hold request ${plainLine(coveredBy)}, which covers it.`;
  return `Request ${plainLine(coveredBy)} had ended: ${ended.headline}.`;
}

function putBack({ target }: Change): string {
  const name = policyName(target);
  switch (target.type) {
    case 'managed-policy':
      return `make ${plainLine(target.versionId)} of ${name} the default version again`;
    case 'inline-policy':
      return `put the reviewed document into the inline policy ${name} on ${entityPhrase(target)} again`;
    case 'attachment':
      return `attach ${name} to ${entityPhrase(target)} again`;
  }
}
