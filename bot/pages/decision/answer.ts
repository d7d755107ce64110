import { type DecideOutcome, decide } from '../../../workflow/decisions/decide.ts';
import { givenReason } from '../../../workflow/decisions/given-reason.ts';
import type { TaskCallbacks } from '../../../workflow/decisions/task-callbacks.ts';
import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import type { ApprovalRequest, Approver } from '../../../workflow/ledger/request.ts';
import type { Log } from '../../../workflow/runtime/logger.ts';
import type { SecretReader } from '../../../workflow/runtime/secrets/secret-reader.ts';
import type { Settings } from '../../../workflow/runtime/settings/schema.ts';
import {
  type DecisionLink,
  type LinkVerification,
  verifyDecisionLink,
} from '../../media/email/decision-link.ts';
import { describeRequest } from '../../media/wording/describe-request.ts';
import { moment } from '../../media/wording/phrases.ts';
import type { RefuseStranger } from '../../notices/delivery/refuse-stranger.ts';
import { requestSubject } from '../../notices/request/email.ts';
import type { PageRequest } from '../http-request.ts';
import type { PageResponse } from '../page.ts';
import * as pages from './pages.ts';
import { isSwitchedOff, refuseLink, refuseSwitchedOff } from './refuse-link.ts';

/** What the pages of a decision work with; handed in when the handler is built. */
export interface DecisionPageDeps {
  ledger: Ledger;
  now: () => Date;
  callbacks: TaskCallbacks;
  linkSecret: SecretReader<{ linkSigningKey: string }>;
  /** What links may do. */
  emailLinks: Settings['EMAIL_LINKS'];
  accountNames: Settings['ACCOUNT_NAMES'];
  refuseStranger: RefuseStranger;
  adminEmail: string | undefined;
  log: Log;
}

/** The page behind a link. GET changes nothing, whatever opens it; only the POST of the page's button decides. */
export async function answerLink(request: PageRequest, deps: DecisionPageDeps): Promise<PageResponse> {
  if (!['GET', 'HEAD', 'POST'].includes(request.method)) return pages.refusalPage('method');
  const verified = await verify(request.query, deps);
  if (verified.status !== 'valid') return refuseLink(verified, request, deps);
  if (isSwitchedOff(verified.link, deps.emailLinks)) return refuseSwitchedOff(verified.link, request, deps);
  return request.method === 'POST'
    ? decideBy(verified.link, request, deps)
    : show(verified.link, request, deps);
}

/** A link that looks forged may be signed with a key that is newer than the one that was read. */
async function verify(query: URLSearchParams, deps: DecisionPageDeps): Promise<LinkVerification> {
  const { linkSecret } = deps;
  const now = deps.now();
  const verified = verifyDecisionLink(query, (await linkSecret.read()).linkSigningKey, now);
  if (verified.status !== 'forged') return verified;
  return verifyDecisionLink(query, (await linkSecret.refresh()).linkSigningKey, now);
}

async function show(
  link: DecisionLink,
  { rawQuery }: PageRequest,
  { ledger, accountNames }: DecisionPageDeps,
): Promise<PageResponse> {
  const request = await ledger.read(link.requestId);
  if (request === undefined) return pages.refusalPage('unknown');
  return request.status === 'pending'
    ? pages.askPage(request, link, { rawQuery, accountNames })
    : pages.decidedPage(request, false);
}

async function decideBy(
  link: DecisionLink,
  page: PageRequest,
  deps: DecisionPageDeps,
): Promise<PageResponse> {
  const request = await deps.ledger.read(link.requestId);
  if (request === undefined) return pages.refusalPage('unknown');
  const written = page.form.get('reason');
  const reason = givenReason(written);
  // The form on the page always sends its field; a script that sends none denies all the same, which is the safe way.
  if (link.decision === 'deny' && written !== null && reason === undefined && request.status === 'pending') {
    const { accountNames } = deps;
    const problem = 'A denial needs a reason; nothing was decided.';
    return pages.askPage(request, link, { rawQuery: page.rawQuery, accountNames, problem });
  }
  const outcome = await decide(
    { ledger: deps.ledger, callbacks: deps.callbacks, now: deps.now() },
    {
      requestId: link.requestId,
      seen: request,
      decision: link.decision === 'approve' ? 'approved' : 'denied',
      by: linkHolder(link, request, { sourceIp: page.sourceIp, adminEmail: deps.adminEmail }),
      via: 'email',
      reason,
    },
  );
  return tell(outcome, deps);
}

function tell(outcome: DecideOutcome, { log }: DecisionPageDeps): PageResponse {
  switch (outcome.status) {
    case 'counted':
      return pages.countedPage(outcome.request, true);
    case 'already-voted':
      return pages.countedPage(outcome.request, false);
    case 'decided':
      return pages.decidedPage(outcome.request, true);
    case 'already-decided':
      return pages.decidedPage(outcome.request, false);
    case 'undelivered':
      log.error('A decision could not be delivered', { error: outcome.cause, requestId: outcome.request.id });
      return outcome.mine ? pages.undeliveredPage() : pages.decidedPage(outcome.request, false);
    case 'closed':
      return pages.decidedPage(outcome.request, false);
    case 'own-request':
      throw new Error('A link names nobody in Slack, and was taken for the requester all the same.');
    case 'too-many-makers':
      return pages.refusalPage('tooManyMakers');
    case 'unknown':
      return pages.refusalPage('unknown');
  }
}

/**
 * Who decides by a link. Every subscriber gets the same link, so it says nothing of who followed it: only which e-mail
 * it stood in, and from which address it was used.
 */
function linkHolder(
  { sent }: DecisionLink,
  request: ApprovalRequest,
  { sourceIp, adminEmail }: { sourceIp: string; adminEmail: string | undefined },
): Approver {
  const subject = requestSubject(describeRequest(request));
  const to = adminEmail ?? 'the subscribers';
  const when = moment(new Date(sent * 1000).toISOString()).text;
  const text = `“${subject}” of ${when} to ${to}`;
  return { name: 'someone with the e-mail link', email: { text, sourceIp } };
}
