import type { Click } from './click.ts';
import type { BotDeps } from './deps.ts';

/** Writes down what somebody did or wanted to do, beside deciding. The log keeps what the ledger could not. */
export async function auditClick(
  { ledger, log, now }: Pick<BotDeps, 'ledger' | 'log' | 'now'>,
  click: Pick<Click, 'requestId' | 'userId' | 'userName' | 'teamId'>,
  event: string,
  detail: string,
): Promise<void> {
  const entry = {
    ...{ at: now().toISOString(), event, requestId: click.requestId, detail },
    ...{ slackUserId: click.userId, slackUserName: click.userName, slackTeamId: click.teamId },
  };
  try {
    await ledger.audit(entry);
  } catch (error) {
    log.error('A click could not be audited', { error, ...entry });
  }
}
