import { createTaskCallbacks } from '../../workflow/decisions/sfn-callbacks.ts';
import type { FunctionDescription } from '../../workflow/functions/description.ts';
import { DECIDE_REQUESTS } from '../../workflow/functions/shared-permissions.ts';
import { withLoggedAudit } from '../../workflow/ledger/audit-trail.ts';
import { createLedger } from '../../workflow/ledger/ledger.ts';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';
import { createLogger } from '../../workflow/runtime/logger.ts';
import { createLinkSecretReader } from '../../workflow/runtime/secrets/link-secret.ts';
import { type Environment, readFunctionSettings } from '../../workflow/runtime/settings/settings.ts';
import { answerLink, type DecisionPageDeps } from '../pages/decision/answer.ts';
import { refusalPage } from '../pages/decision/pages.ts';
import { readPageRequest } from '../pages/http-request.ts';
import type { PageResponse } from '../pages/page.ts';

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
  const deps: DecisionPageDeps = {
    ledger: withLoggedAudit(createLedger({ tableName: settings.TABLE_NAME, aws }), log),
    callbacks: createTaskCallbacks(aws),
    linkSecret: createLinkSecretReader(settings.LINK_SECRET_ARN, aws),
    emailLinks: settings.EMAIL_LINKS,
    adminEmail: settings.ADMIN_EMAIL,
    log,
  };
  return async (event: unknown): Promise<PageResponse> => {
    const request = readPageRequest(event);
    if (request === undefined) return refusalPage('malformed');
    try {
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
  routes: [{ path: '/decide', methods: ['GET', 'POST'] }],
  permissions: [
    ...DECIDE_REQUESTS,
    { sid: 'ReadSecret', actions: ['secretsmanager:GetSecretValue'], resources: ['{linkSecret}'] },
  ],
  create: createEmailHandler,
};
