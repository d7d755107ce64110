import type { ApprovalRequest, EmailOrigin, RequesterMatch, Vote } from '../../../workflow/ledger/request.ts';
import { refutedOf, requestersOf } from '../../../workflow/ledger/requesters.ts';
import { countOf, enumerate, type Moment, moment } from './phrases.ts';
import { plainLine, plainText } from './plain-line.ts';

export interface DescribedVote {
  /** Not escaped. */
  name: string;
  slackUserId?: string;
  /** `in Slack`, or which e-mail the link stood in and where it was used. */
  where: string;
  at: Moment;
  /** Of several lines, perhaps. */
  reason?: string;
  breakGlass: boolean;
}

/** Who has approved so far, who may not, and how many it takes. */
export interface DescribedApprovals {
  needed: number;
  /** How many more approvers have to approve. */
  missing: number;
  votes: DescribedVote[];
  /** The requester in Slack, when exactly one person is certain. */
  requesterSlackId?: string;
  /** Why the requester is not known in Slack, in one sentence. */
  requesterUnknown?: string;
  /** Everybody whom an event names as who made the change, where they are several. */
  namedTogether?: string[];
  /** Events name more than are kept: nobody may approve. */
  overnamed?: true;
  /** Of whom an event says that they made the change, though CloudTrail knows nothing of it. */
  notConfirmed?: string[];
}

export function describeApprovals(request: ApprovalRequest): DescribedApprovals {
  const { votes, approvalsNeeded, requester } = request;
  return {
    needed: approvalsNeeded,
    missing: Math.max(0, approvalsNeeded - votes.length),
    votes: votes.map(describeVote),
    ...describeMatch(requester),
    ...describeNames(request),
  };
}

/** Why nobody may approve any more, and what to do. */
export const TOO_MANY_MAKERS =
  'So many events name somebody as who made this change that it cannot be known who did: nobody may approve it any more. Deny it, look up in CloudTrail who calls StartExecution, and have the change made again.';

export const IN_SLACK = 'in Slack';

export function describeVote({ by, via, at, reason, breakGlass }: Vote): DescribedVote {
  return {
    name: plainLine(by.name),
    ...(by.slackUserId !== undefined && { slackUserId: by.slackUserId }),
    where: via === 'slack' ? IN_SLACK : throughEmail(by.email),
    at: moment(at),
    ...(reason !== undefined && { reason: plainText(reason) }),
    breakGlass: breakGlass === true,
  };
}

function throughEmail(origin: EmailOrigin | undefined): string {
  // Older versions have not recorded which.
  if (origin === undefined) return 'through an e-mail';
  return `through the e-mail ${plainLine(origin.text)}, from the address ${plainLine(origin.sourceIp)}`;
}

function describeMatch(
  match: RequesterMatch | undefined,
): Pick<DescribedApprovals, 'requesterSlackId' | 'requesterUnknown'> {
  if (match === undefined) return {};
  return match.status === 'matched'
    ? { requesterSlackId: match.slackUserId }
    : { requesterUnknown: plainLine(match.why) };
}

function describeNames(
  request: ApprovalRequest,
): Pick<DescribedApprovals, 'namedTogether' | 'overnamed' | 'notConfirmed'> {
  const labels = labelsOf(request);
  const unknown = refutedOf(request).map(({ requester }) => plainLine(requester.label));
  return {
    ...(labels.length > 1 && { namedTogether: labels }),
    ...(request.overnamedBy !== undefined && { overnamed: true as const }),
    ...(unknown.length > 0 && { notConfirmed: unknown }),
  };
}

/** One name is told once, and once more for each time that it came with credentials with which it proves nothing. */
export function labelsOf(request: ApprovalRequest): string[] {
  const labels: string[] = [];
  for (const { requester, match } of requestersOf(request)) {
    const label = plainLine(requester.label);
    if (!labels.includes(label)) labels.push(label);
    else if (match?.status !== 'matched') labels.push(`${label} with other credentials`);
  }
  return labels;
}

/** Enough names for any number of approvals that may be required. */
const MOST_NAMES = 10;

/** `2 approvals are needed, 1 is there (Ada), 1 is missing`; what a request still waits for, and who may not. */
export function describeMissing(approvals: DescribedApprovals): string {
  return [describeVotes(approvals), ...describeDoubts(approvals)].join('; ');
}

/** What is not certain of who made the change, in clauses. */
export function describeDoubts({
  namedTogether = [],
  overnamed,
  notConfirmed = [],
}: Pick<DescribedApprovals, 'namedTogether' | 'overnamed' | 'notConfirmed'>): string[] {
  const more = 'events name more makers than are kept, so that nobody may approve it any more';
  const together = `events name ${namedTogether.length} makers (${enumerate(namedTogether, MOST_NAMES)}), and none of them may approve (CloudTrail says which is true); anybody on the list may deny`;
  const unknown = `CloudTrail does not confirm that it was made by ${enumerate(notConfirmed, MOST_NAMES)}`;
  return [
    ...(namedTogether.length === 0 ? [] : [together]),
    ...(overnamed ? [more] : []),
    ...(notConfirmed.length === 0 ? [] : [unknown]),
  ];
}

function describeVotes({ needed, missing, votes }: DescribedApprovals): string {
  const needs = `${countOf(needed, 'approval')} ${needed === 1 ? 'is' : 'are'} needed`;
  if (votes.length === 0) return `${needs}, none is there yet`;
  const names = enumerate(
    votes.map(({ name }) => name),
    MOST_NAMES,
  );
  return `${needs}, ${votes.length} ${votes.length === 1 ? 'is' : 'are'} there (${names}), ${missing} missing`;
}
