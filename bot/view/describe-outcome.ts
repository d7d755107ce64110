import type { ApprovalRequest, Decision, Outcome } from '../../workflow/ledger/request.ts';
import { plainLine } from './plain-line.ts';
import type { Moment } from './wording.ts';
import { moment } from './wording.ts';

/** What became of a request, in words. */
export interface OutcomeView {
  /** `decided`: written down, about to happen. The others have happened. */
  kind: 'decided' | Outcome;
  /** `Approved by Dana in Slack: the grant has been put back`. */
  headline: string;
  /** One sentence: what has happened to the policy. */
  detail: string;
  /** What the one who decided gave as reason. */
  reason?: string;
  /** When it was decided; when it ended, if nobody decided. */
  at: Moment;
}

const VERB: Readonly<Record<Decision['decision'], string>> = {
  approved: 'Approved',
  denied: 'Denied',
  expired: 'Expired',
};

/** `Approved by Dana in Slack`, `Denied by someone with the e-mail link`, `Expired: nobody decided in time`. */
export function describeDecision(decision: Decision): string {
  if (decision.decision === 'expired') return 'Expired: nobody decided in time';
  const where = decision.via === 'slack' ? ' in Slack' : '';
  return `${VERB[decision.decision]} by ${plainLine(decision.by.name)}${where}`;
}

/** For whoever comes second: whose decision it was, and which. */
export function alreadyDecided(decision: Decision): string {
  const described = describeDecision(decision);
  const on = moment(decision.at).text;
  if (decision.decision === 'expired')
    return `Nothing was changed by this: the request had expired on ${on}.`;
  return `Nothing was changed by this: it had been ${described.charAt(0).toLowerCase()}${described.slice(1)} on ${on}.`;
}

/** A request that has ended. */
export type EndedRequest = ApprovalRequest & { outcome: Outcome; closedAt: string };

/** @returns undefined while the request is pending */
export function describeOutcome(request: EndedRequest): OutcomeView;
export function describeOutcome(request: ApprovalRequest): OutcomeView | undefined;
export function describeOutcome(request: ApprovalRequest): OutcomeView | undefined {
  const { decision, outcome } = request;
  const at = decision?.at ?? request.closedAt;
  if (at === undefined) return undefined;
  const reason = decision?.reason === undefined ? {} : { reason: plainLine(decision.reason) };
  if (outcome === undefined) {
    if (decision === undefined) return undefined;
    return {
      kind: 'decided',
      headline: describeDecision(decision),
      detail: 'It is being carried out.',
      ...reason,
      at: moment(at),
    };
  }
  return {
    kind: outcome,
    headline: headline(outcome, decision),
    detail: plainLine(request.outcomeDetail ?? ''),
    ...reason,
    at: moment(at),
  };
}

function headline(outcome: Outcome, decision: Decision | undefined): string {
  const decided = decision === undefined ? 'Not decided' : describeDecision(decision);
  switch (outcome) {
    case 'approved':
      return `${decided}: the grant has been put back`;
    case 'denied':
      return `${decided}: the removal is final`;
    case 'expired':
      return `${decided}, the removal is final`;
    case 'superseded':
      return `${decided}, then superseded: something else had changed meanwhile, so nothing was overwritten`;
    case 'gone':
      return `${decided}, but gone: it had been deleted meanwhile`;
    case 'failed':
      return `${decided}, then failed: a person has to look`;
    case 'duplicate':
      return 'Covered by a request that was waiting already';
    case 'allowed':
      return 'Allowed: it grants nothing restricted';
    case 'observed':
      return 'Observed only: it was not touched';
    case 'exempt':
      return 'Its requester is exempt: it was not touched';
    case 'own-change':
      return "Policy Guard's own change";
  }
}
