import type { DecideOutcome } from '../../workflow/decisions/decide.ts';
import { decide } from '../../workflow/decisions/decide.ts';
import { givenReason } from '../../workflow/decisions/given-reason.ts';
import { createTaskCallbacks } from '../../workflow/decisions/sfn-callbacks.ts';
import type { TaskCallbacks } from '../../workflow/decisions/task-callbacks.ts';
import type { FunctionDescription } from '../../workflow/functions/description.ts';
import { DECIDE_REQUESTS } from '../../workflow/functions/shared-permissions.ts';
import { withLoggedAudit } from '../../workflow/ledger/audit-trail.ts';
import type { Ledger } from '../../workflow/ledger/ledger.ts';
import { createLedger } from '../../workflow/ledger/ledger.ts';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';
import type { Log } from '../../workflow/runtime/logger.ts';
import { createLogger } from '../../workflow/runtime/logger.ts';
import { createLinkSecretReader } from '../../workflow/runtime/secrets/link-secret.ts';
import type { SecretReader } from '../../workflow/runtime/secrets/secret-reader.ts';
import type { Settings } from '../../workflow/runtime/settings/schema.ts';
import type { Environment } from '../../workflow/runtime/settings/settings.ts';
import { readFunctionSettings } from '../../workflow/runtime/settings/settings.ts';
import * as pages from '../decision-page/pages.ts';
import { isSwitchedOff, refuseLink, refuseSwitchedOff } from '../decision-page/refuse-link.ts';
import type { DecisionLink, LinkVerification } from '../links/decision-link.ts';
import { verifyDecisionLink } from '../links/decision-link.ts';
import { linkHolder } from '../links/link-holder.ts';
import type { PageRequest } from '../pages/http-request.ts';
import { readPageRequest } from '../pages/http-request.ts';
import type { PageResponse } from '../pages/page.ts';

interface EmailDeps {
  ledger: Ledger;
  callbacks: TaskCallbacks;
  linkSecret: SecretReader<{ linkSigningKey: string }>;
  /** What links may do. */
  emailLinks: Settings['EMAIL_LINKS'];
  adminEmail: string | undefined;
  log: Log;
}

/**
 * The `email` function: the pages behind the links in e-mails. GET shows the request and changes nothing, whatever
 * opens it; only the POST of its button decides.
 *
 * @param environment holds the settings
 * @param aws where the AWS clients go; empty on Lambda
 * @returns an HTTP API handler, payload format 2.0
 * @throws SettingsError naming every bad key
 */
export function createEmailHandler(environment: Environment, aws: AwsClientConfig) {
  const settings = readFunctionSettings(environment, 'email');
  const log = createLogger('email', settings.LOG_LEVEL);
  const deps: EmailDeps = {
    ledger: withLoggedAudit(createLedger({ tableName: settings.TABLE_NAME, aws }), log),
    callbacks: createTaskCallbacks(aws),
    linkSecret: createLinkSecretReader(settings.LINK_SECRET_ARN, aws),
    emailLinks: settings.EMAIL_LINKS,
    adminEmail: settings.ADMIN_EMAIL,
    log,
  };
  return async (event: unknown): Promise<PageResponse> => {
    const request = readPageRequest(event);
    if (request === undefined) return pages.malformedPage();
    try {
      return await answer(request, deps);
    } catch (error) {
      deps.log.error('A decision link could not be answered; nothing was decided by it', { error });
      return pages.unavailablePage();
    }
  };
}

async function answer(request: PageRequest, deps: EmailDeps): Promise<PageResponse> {
  if (!['GET', 'HEAD', 'POST'].includes(request.method)) return pages.methodPage();
  const verified = await verify(request.query, deps);
  if (verified.status !== 'valid') return refuseLink(verified, request, deps);
  if (isSwitchedOff(verified.link, deps.emailLinks)) return refuseSwitchedOff(verified.link, request, deps);
  return request.method === 'POST'
    ? decideBy(verified.link, request, deps)
    : show(verified.link, request, deps);
}

/** A link that looks forged may be signed with a key that is newer than the one that was read. */
async function verify(query: URLSearchParams, { linkSecret }: EmailDeps): Promise<LinkVerification> {
  const now = new Date();
  const verified = verifyDecisionLink(query, (await linkSecret.read()).linkSigningKey, now);
  if (verified.status !== 'forged') return verified;
  return verifyDecisionLink(query, (await linkSecret.refresh()).linkSigningKey, now);
}

async function show(
  link: DecisionLink,
  { rawQuery }: PageRequest,
  { ledger }: EmailDeps,
): Promise<PageResponse> {
  const request = await ledger.read(link.requestId);
  if (request === undefined) return pages.unknownPage();
  return request.status === 'pending'
    ? pages.askPage(request, link, rawQuery)
    : pages.decidedPage(request, false);
}

async function decideBy(link: DecisionLink, page: PageRequest, deps: EmailDeps): Promise<PageResponse> {
  const request = await deps.ledger.read(link.requestId);
  if (request === undefined) return pages.unknownPage();
  const written = page.form.get('reason');
  const reason = givenReason(written);
  // The form on the page always sends its field; a script that sends none denies all the same, which is the safe way.
  if (link.decision === 'deny' && written !== null && reason === undefined && request.status === 'pending') {
    return pages.askPage(request, link, page.rawQuery, 'A denial needs a reason; nothing was decided.');
  }
  const outcome = await decide(
    { ledger: deps.ledger, callbacks: deps.callbacks, now: new Date() },
    {
      requestId: link.requestId,
      decision: link.decision === 'approve' ? 'approved' : 'denied',
      by: linkHolder(link, request, { sourceIp: page.sourceIp, adminEmail: deps.adminEmail }),
      via: 'email',
      reason,
    },
  );
  return tell(outcome, deps);
}

function tell(outcome: DecideOutcome, { log }: EmailDeps): PageResponse {
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
    case 'unknown':
      return pages.unknownPage();
  }
}

/** Decides for whoever holds a signed link. */
export const emailFunction: FunctionDescription = {
  name: 'email',
  about: 'Policy Guard: the pages behind the links in e-mails',
  source: 'bot/handlers/email.ts',
  timeout: 15,
  memory: 512,
  routes: [{ path: '/decide', methods: ['GET', 'POST'] }],
  permissions: [
    ...DECIDE_REQUESTS,
    { sid: 'ReadSecret', actions: ['secretsmanager:GetSecretValue'], resources: ['{linkSecret}'] },
  ],
  create: createEmailHandler,
};
