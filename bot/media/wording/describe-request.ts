import type { Severity } from '../../../workflow/inspection/finding.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { type DescribedApprovals, describeApprovals } from './describe-approvals.ts';
import { type DescribedChange, describeChange } from './describe-change.ts';
import { type DescribedContainment, describeContainment } from './describe-containment.ts';
import { type DescribedFinding, describeFinding, worstSeverity } from './describe-finding.ts';
import { type DescribedOutcome, describeOutcome } from './describe-outcome.ts';
import { duration, type Moment, moment } from './phrases.ts';
import { plainLine } from './plain-line.ts';

/** All that a person is told about a request, in words; Slack, e-mail and the link page only lay it out. */
export interface DescribedRequest extends DescribedChange, DescribedContainment {
  requestId: string;
  /** From the change to quarantine, e.g. `3 s`; missing where nothing was touched, for there it still is in force. */
  inForce?: string;
  findings: DescribedFinding[];
  /** How many findings there are beyond those listed. */
  moreFindings: number;
  /** Why the document could not be read; it counts as restricted. */
  unreadable?: string;
  /** The worst that the list gives to any of the findings; missing where it gives none. */
  severity?: Severity;
  approvals: DescribedApprovals;
  created: Moment;
  expires: Moment;
  /** False where the change was observed only, or its requester is exempt: nothing was touched. */
  touched: boolean;
  /** True while it could not be taken out of force, and the guard goes on trying. */
  stillInForce: boolean;
  /** From the request to its decision or end, e.g. `4 min`; missing while it waits. */
  took?: string;
  /** Missing while nobody has decided and nothing else has ended it. */
  outcome?: DescribedOutcome;
}

export function describeRequest(request: ApprovalRequest): DescribedRequest {
  const { change, inspection } = request;
  const outcome = describeOutcome(request);
  const severity = worstSeverity(inspection.findings);
  return {
    ...describeChange(change, inspection),
    ...describeContainment(request),
    requestId: request.id,
    ...timeInForce(request),
    findings: inspection.findings.map(describeFinding),
    moreFindings: Math.max(0, inspection.total - inspection.findings.length),
    ...(inspection.unreadable === undefined ? {} : { unreadable: plainLine(inspection.unreadable) }),
    ...(severity !== undefined && { severity }),
    approvals: describeApprovals(request),
    created: moment(request.createdAt),
    expires: moment(request.expiresAt),
    stillInForce: request.inForceBecause !== undefined,
    touched: request.containment.type !== 'none' || request.inForceBecause !== undefined,
    ...(outcome !== undefined && { took: outcome.took, outcome }),
  };
}

function timeInForce({ change, quarantinedAt }: ApprovalRequest): Pick<DescribedRequest, 'inForce'> {
  if (quarantinedAt === undefined) return {};
  return { inForce: duration(Date.parse(quarantinedAt) - Date.parse(change.eventTime)) };
}
