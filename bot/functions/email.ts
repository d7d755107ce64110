import { CALLBACK_LIMITS, createTaskCallbacks } from '../../workflow/decisions/sfn-callbacks.ts';
import type { FunctionDescription } from '../../workflow/functions/description.ts';
import { DECIDE_REQUESTS } from '../../workflow/functions/shared-permissions.ts';
import { withLoggedAudit } from '../../workflow/ledger/audit-trail.ts';
import { createLedger } from '../../workflow/ledger/ledger.ts';
import { STORE_TIMEOUTS } from '../../workflow/ledger/store.ts';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';
import { createLogger } from '../../workflow/runtime/logger.ts';
import { createLinkSecretReader } from '../../workflow/runtime/secrets/link-secret.ts';
import { SECRET_TRY_MS } from '../../workflow/runtime/secrets/secret-reader.ts';
import { type Environment, readFunctionSettings } from '../../workflow/runtime/settings/settings.ts';
import { createMetrics } from '../../workflow/steps/metrics.ts';
import { strangersTo } from '../notices/delivery/refuse-stranger.ts';
import { answerLink, type DecisionPageDeps } from '../pages/decision/answer.ts';
import { refusalPage } from '../pages/decision/pages.ts';
import { readPageRequest } from '../pages/http-request.ts';
import type { PageResponse } from '../pages/page.ts';

/** How long it waits for whom, in milliseconds; together well within the function's own time. */
const LIMITS = { ledger: STORE_TIMEOUTS, callbacks: CALLBACK_LIMITS, secretTryMs: SECRET_TRY_MS };

/**
 * The `email` function: the pages behind the links in e-mails. GET shows the request and changes nothing, whatever
 * opens it; only the POST of its button decides.
 *
 * @param environment holds the settings
 * @param aws where the AWS clients go; empty on Lambda
 * @param limits how long it waits for others
 * @returns an HTTP API handler, payload format 2.0
 * @throws SettingsError naming every bad key
 */
export function createEmailHandler(environment: Environment, aws: AwsClientConfig, limits = LIMITS) {
  const settings = readFunctionSettings(environment, 'email');
  const log = createLogger('email', settings.LOG_LEVEL);
  const ledger = withLoggedAudit(
    createLedger({ tableName: settings.TABLE_NAME, aws, timeouts: limits.ledger }),
    log,
  );
  const deps: DecisionPageDeps = {
    ledger,
    now: ledger.now,
    callbacks: createTaskCallbacks(aws, limits.callbacks),
    linkSecret: createLinkSecretReader(settings.LINK_SECRET_ARN, aws, limits.secretTryMs),
    emailLinks: settings.EMAIL_LINKS,
    accountNames: settings.ACCOUNT_NAMES,
    adminEmail: settings.ADMIN_EMAIL,
    refuseStranger: strangersTo(log, createMetrics('email')),
    log,
  };
  return async (event: unknown): Promise<PageResponse> => {
    const request = readPageRequest(event);
    if (request === undefined) return refusalPage('malformed');
    try {
      await ledger.timed();
      return await answerLink(request, deps);
    } catch (error) {
      deps.log.error('A decision link could not be answered; nothing was decided by it', { error });
      return refusalPage('unavailable');
    }
  };
}

/** Decides for whoever holds a signed link. */
export const emailFunction: FunctionDescription = {
  name: 'email',
  about: 'Policy Guard: the pages behind the links in e-mails',
  source: 'bot/functions/email.ts',
  timeout: 15,
  memory: 512,
  concurrency: 10,
  routes: [{ path: '/decide', methods: ['GET', 'POST'] }],
  permissions: [
    ...DECIDE_REQUESTS,
    { sid: 'ReadSecret', actions: ['secretsmanager:GetSecretValue'], resources: ['{linkSecret}'] },
  ],
  create: createEmailHandler,
};
