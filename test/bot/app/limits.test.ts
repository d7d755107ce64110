import { describe, expect, it } from 'vitest';
import { SLACK_LIMITS } from '../../../bot/app/limits.ts';

const { slackMs, respondMs, secretTryMs, ledger, callbacks, earlierMs, checkMs, onceMore } = SLACK_LIMITS;

/** "Must acknowledge within 3 seconds" (docs.slack.dev, "Handling user interaction"). */
const SLACK_WAITS_MS = 3_000;
/** What everything that does answer takes together, at most. */
const ORDINARY_MS = 500;

describe('Slack is answered within 3 s', () => {
  // One after the other: who clicked (or what is shown), and the answer to the person.
  it.each([
    ['Slack hangs: who clicked is looked up, and the person is told', slackMs + respondMs],
    ['Slack hangs on App Home: who opened it is looked up, and it is published', 2 * slackMs],
    ['the ledger hangs: the request is read, the person is told', ledger.callMs + respondMs],
    [
      'the ledger hangs after it was read: the decision is written, the person told',
      ledger.callMs + respondMs,
    ],
    ['Step Functions hangs: it is told, then the person', callbacks.callMs + respondMs],
    ['the secret hangs, with both tries', 2 * secretTryMs],
    ['earlier requests hang: the details open without them, slowly', earlierMs + slackMs],
    ['all that the doctor examines hangs', checkMs],
    ['a vote is told once more, at the latest moment', onceMore.latestMs + onceMore.pauseMs],
  ])('though %s', (_, longestMs) => {
    expect(longestMs + ORDINARY_MS).toBeLessThanOrEqual(SLACK_WAITS_MS);
  });

  it('with a second try within each of them', () => {
    for (const { callMs, tryMs } of [ledger, callbacks]) expect(2 * tryMs).toBeLessThanOrEqual(callMs);
  });
});
