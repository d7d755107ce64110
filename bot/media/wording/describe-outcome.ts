import type { ApprovalRequest, Decision, Outcome, Vote } from '../../../workflow/ledger/request.ts';
import { type DescribedVote, describeVote, IN_SLACK } from './describe-approvals.ts';
import { duration, enumerate, type Moment, moment } from './phrases.ts';
import { plainLine, plainText } from './plain-line.ts';

/** What became of a request, in words. */
export interface DescribedOutcome {
  /** `decided`: written down, about to happen. The others have happened. */
  kind: 'decided' | Outcome;
  /** What was decided, when something was. */
  decided?: Decision['decision'];
  /** `Approved by Dana in Slack: the grant has been put back`. */
  headline: string;
  /** One sentence: what has happened to the policy. */
  detail: string;
  /** What the one who decided gave as reason; of several lines, perhaps. */
  reason?: string;
  /** When it was decided; when it ended, if nobody decided. */
  at: Moment;
  /** From the request to then, e.g. `4 min 56 s`. */
  took: string;
}

/** How the next change can be checked before it is written; nothing where it was not turned down. */
export function howToCheck({
  kind,
}: Pick<DescribedOutcome, 'kind'>): { text: string; command: string } | undefined {
  if (kind !== 'denied' && kind !== 'expired') return undefined;
  return {
    text: 'To check the next one before it is written, in a checkout of Policy Guard:',
    command: 'npm run -s inspect -- FILE',
  };
}

const VERB: Readonly<Record<Decision['decision'], string>> = {
  approved: 'Approved',
  denied: 'Denied',
  expired: 'Expired',
  unfounded: 'Unfounded',
};

/** What ended a request without a person, as it is said of the request. */
const UNDECIDED: Partial<Record<Decision['decision'], string>> = {
  expired: 'Expired: nobody decided in time',
  unfounded: 'Unfounded: CloudTrail knows of nobody who made this change',
};

/**
 * `Approved by Ada and Grace in Slack`, `Denied by someone with the e-mail link (…)`, `Expired: nobody decided in time`.
 *
 * @param votes the approvals that made the decision; one that an older version has recorded has none
 */
export function describeDecision(decision: Decision, votes: readonly Vote[] = []): string {
  const undecided = UNDECIDED[decision.decision];
  if (undecided !== undefined) return undecided;
  const { by, via, at, breakGlass } = decision;
  const own: Vote = { by, via: via === 'slack' ? via : 'email', at, ...(breakGlass && { breakGlass }) };
  const deciders = decision.decision === 'approved' && votes.length > 0 ? votes : [own];
  return `${VERB[decision.decision]} by ${describeDeciders(deciders.map(describeVote))}`;
}

/** More than this many approvers are never needed. */
const ALL = 10;

function describeDeciders(votes: readonly DescribedVote[]): string {
  const sorted = votes.toSorted((one, other) => Number(one.breakGlass) - Number(other.breakGlass));
  const inSlack = sorted.filter(({ where }) => where === IN_SLACK).map(nameOf);
  const elsewhere = sorted.filter(({ where }) => where !== IN_SLACK);
  return enumerate(
    [
      ...(inSlack.length === 0 ? [] : [`${enumerate(inSlack, ALL)} ${IN_SLACK}`]),
      ...elsewhere.map((vote) => `${nameOf(vote)} ${vote.where}`),
    ],
    ALL,
  );
}

function nameOf({ name, breakGlass }: DescribedVote): string {
  return breakGlass ? `${name}, who is also the requester (break glass),` : name;
}

/**
 * For whoever comes second: whose decision it was, and which.
 *
 * @param slackUserId who asks: to whoever has decided it, a further click is no failure
 */
export function alreadyDecided(
  decision: Decision,
  votes: readonly Vote[] = [],
  slackUserId?: string,
): string {
  const described = describeDecision(decision, votes);
  const on = moment(decision.at).text;
  if (decision.decision === 'expired')
    return `Nothing was changed by this: the request had expired on ${on}.`;
  if (decision.decision === 'unfounded')
    return `Nothing was changed by this: it had turned out on ${on} that nobody had made this change.`;
  const how = `${described.charAt(0).toLowerCase()}${described.slice(1)} on ${on}.`;
  return isBy(slackUserId, decision, votes)
    ? `Your decision stands: ${how}`
    : `Nothing was changed by this: it had been ${how}`;
}

/** Of several approvals each has made it. */
function isBy(slackUserId: string | undefined, decision: Decision, votes: readonly Vote[]): boolean {
  const makers = decision.decision === 'approved' ? [decision, ...votes] : [decision];
  return slackUserId !== undefined && makers.some(({ by }) => by.slackUserId === slackUserId);
}

/** Whether the requester has approved their own change, as BREAK_GLASS allows: whatever became of it, people hear of it. */
export function brokeGlass({ decision, votes }: Pick<ApprovalRequest, 'decision' | 'votes'>): boolean {
  return decision?.breakGlass === true || votes.some((vote) => vote.breakGlass === true);
}

/** A request that has ended. */
export type EndedRequest = ApprovalRequest & { outcome: Outcome; closedAt: string };

/** @returns undefined while the request is pending */
export function describeOutcome(request: EndedRequest): DescribedOutcome;
export function describeOutcome(request: ApprovalRequest): DescribedOutcome | undefined;
export function describeOutcome(request: ApprovalRequest): DescribedOutcome | undefined {
  const { decision, outcome } = request;
  const at = decision?.at ?? request.closedAt;
  if (at === undefined) return undefined;
  const common = {
    ...(decision !== undefined && { decided: decision.decision }),
    ...(decision?.reason !== undefined && { reason: plainText(decision.reason) }),
    at: moment(at),
    took: duration(Date.parse(at) - Date.parse(request.createdAt)),
  };
  if (outcome === undefined) {
    if (decision === undefined) return undefined;
    return {
      kind: 'decided',
      headline: describeDecision(decision, request.votes),
      detail: 'It will be carried out as soon as possible.',
      ...common,
    };
  }
  return {
    kind: outcome,
    headline: headline(outcome, decision, request.votes),
    detail: `${plainLine(request.outcomeDetail ?? '')}${howToGoOn(request)}`,
    ...common,
  };
}

/** What was approved and not put back can be tried once more. */
function howToGoOn({ id, outcome, toOpen = false }: ApprovalRequest): string {
  const command = `/policy-guard resume ${plainLine(id)}`;
  if (outcome === 'no-room') return ` Make room for it; then an approver has it put back with ${command}`;
  if (!toOpen) return '';
  return ` It was asked about twice, so it is asked about once more only when an approver says ${command}`;
}

function headline(outcome: Outcome, decision: Decision | undefined, votes: readonly Vote[]): string {
  const decided = decision === undefined ? 'Not decided' : describeDecision(decision, votes);
  switch (outcome) {
    case 'approved':
      return `${decided}: the grant has been put back`;
    case 'denied':
      return `${decided}: the removal is final`;
    case 'expired':
      return `${decided}, the removal is final`;
    case 'unfounded':
      return `${decided}: what an event that is not genuine had taken out of force has been put back`;
    case 'superseded':
      return `${decided}, then superseded: something else had changed meanwhile, so nothing was overwritten`;
    case 'gone':
      return `${decided}, but gone: it had been deleted meanwhile`;
    case 'no-room':
      return `${decided}, but there is no room: the approval stands, and the grant was not put back`;
    case 'aws-managed':
      return 'AWS has changed what is its own: nobody else can change it';
    case 'foreign':
      return 'Reported from an account that is not guarded: it was not touched';
    case 'failed':
      return `${decided}, then failed: a person has to look`;
    case 'unfinished':
      return `${decided}: it is still in force, and the guard goes on trying`;
    case 'duplicate':
      return 'Covered by a request that was waiting already';
    case 'allowed':
      return 'Allowed: it grants nothing restricted';
    case 'observed':
      return 'Observed only: it was not touched';
    case 'exempt':
      return 'Its requester is exempt: it was not touched';
    case 'own-change':
      return `${decided}, and nothing is to be decided: Policy Guard has made this change itself`;
  }
}
