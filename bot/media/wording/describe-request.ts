import type { Severity } from '../../../workflow/inspection/finding.ts';
import type { GrantFacts } from '../../../workflow/inspection/grant-facts.ts';
import type { ApprovalRequest, Earlier } from '../../../workflow/ledger/request.ts';
import { type DescribedApprovals, describeApprovals } from './describe-approvals.ts';
import { describeBefore } from './describe-before.ts';
import { type DescribedChange, describeChange } from './describe-change.ts';
import { type DescribedContainment, describeContainment } from './describe-containment.ts';
import { type DescribedFinding, describeFinding } from './describe-finding.ts';
import { type DescribedOutcome, describeOutcome } from './describe-outcome.ts';
import { type DescribedReach, describeReach } from './describe-reach.ts';
import { type DescribedRemark, describeRemarks } from './describe-remarks.ts';
import { describeVerdict } from './describe-verdict.ts';
import { countOf, duration, type Moment, moment } from './phrases.ts';
import { plainLine } from './plain-line.ts';

/** All that a person is told about a request, in words; Slack, e-mail and the link page only lay it out. */
export interface DescribedRequest extends DescribedChange, DescribedContainment {
  requestId: string;
  /** What the account calls itself; missing where it has no alias, or that could not be read. */
  accountAlias?: string;
  /** From the change to quarantine, e.g. `3 s`; missing where nothing was touched, for there it still is in force. */
  inForce?: string;
  findings: DescribedFinding[];
  /** How many findings there are beyond those listed. */
  moreFindings: number;
  /** Why the document could not be read; it counts as restricted. */
  unreadable?: string;
  /** The worst that the list gives or, where it gives none, what the verdict amounts to; missing where neither tells. */
  severity?: Severity;
  /** What it comes to, after `subject`: `would be full administrator`. */
  verdict: string;
  /** True totals of what is granted; missing where nothing could be read, or an older version has recorded it. */
  grants?: GrantFacts;
  /** Whom it serves; missing when that could not be read. */
  reach?: DescribedReach;
  /** What was in force before, and is now, in one line; missing where nothing was touched. */
  before?: string;
  /** What the requester has asked for before, in numbers. */
  earlier?: string;
  approvals: DescribedApprovals;
  /** Who looks at it, and until when that counts; missing where nobody has said so. */
  looking?: { slackUserId: string; until: Moment };
  /** Questions, and what the requester has said; oldest first. */
  remarks: DescribedRemark[];
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
  const { words, severity } = describeVerdict(inspection);
  const reach = describeReach(request);
  const before = describeBefore(request);
  const alias = request.surroundings?.accountAlias;
  return {
    ...describeChange(change, inspection),
    ...describeContainment(request),
    requestId: request.id,
    ...(alias !== undefined && { accountAlias: plainLine(alias) }),
    ...timeInForce(request),
    findings: inspection.findings.map(describeFinding),
    moreFindings: Math.max(0, inspection.total - inspection.findings.length),
    ...(inspection.unreadable === undefined ? {} : { unreadable: plainLine(inspection.unreadable) }),
    ...(severity !== undefined && { severity }),
    verdict: words,
    ...(inspection.grants && { grants: inspection.grants }),
    ...(reach && { reach }),
    ...(before !== undefined && { before }),
    ...(request.earlier && { earlier: describeEarlierCounts(request.earlier) }),
    approvals: describeApprovals(request),
    ...describeLooking(request),
    remarks: describeRemarks(request),
    created: moment(request.createdAt),
    expires: moment(request.expiresAt),
    stillInForce: request.inForceBecause !== undefined,
    touched: request.containment.type !== 'none' || request.inForceBecause !== undefined,
    ...(outcome !== undefined && { took: outcome.took, outcome }),
  };
}

function timeInForce({
  change,
  quarantinedAt,
  inspection,
}: ApprovalRequest): Pick<DescribedRequest, 'inForce'> {
  // What was attached has not granted it yet.
  if (inspection.waitsIn !== undefined) return {};
  if (quarantinedAt === undefined) return {};
  const lasted = duration(Date.parse(quarantinedAt) - Date.parse(change.eventTime));
  return { inForce: change.foundAt === undefined ? lasted : `${lasted}, found by the sweep` };
}

/** Long enough to read, short enough not to keep others away. Milliseconds. */
const LOOKING_MS = 15 * 60_000;

function describeLooking({ looking }: ApprovalRequest): Pick<DescribedRequest, 'looking'> {
  const slackUserId = looking?.by.slackUserId;
  if (looking === undefined || slackUserId === undefined) return {};
  return {
    looking: { slackUserId, until: moment(new Date(Date.parse(looking.at) + LOOKING_MS).toISOString()) },
  };
}

/** `first request in 90 days`, `7 requests in 90 days: 6 approved, 1 denied`. */
function describeEarlierCounts({ requests, approved, denied, orMore }: Earlier): string {
  if (requests === 0) return 'first request in 90 days';
  const counted = orMore ? `${requests} or more earlier requests` : countOf(requests, 'earlier request');
  const came = [
    ...(approved > 0 ? [`${approved} approved`] : []),
    ...(denied > 0 ? [`${denied} denied`] : []),
  ];
  return `${counted} in 90 days${came.length === 0 ? '' : `: ${came.join(', ')}`}`;
}
