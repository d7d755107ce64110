import type { SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import type { NotifyDeps } from './deps.ts';

/** In a burst there is more to show each time; a function has 25 s, and the next change of the group goes on. */
const ROUNDS = 3;

/** About as often as Slack takes an update of one message. */
const PAUSE_MS = 1_200;

type ShowDeps = Pick<NotifyDeps, 'ledger' | 'log' | 'now' | 'pause'>;

/**
 * Brings a message that many executions share up to date. One of them at a time does so, for all that come meanwhile:
 * however many there are, the message is written as often as Slack takes it. Best effort.
 *
 * @param requestId for the log
 * @param update writes it as the ledger has everything now
 * @returns false when it is not known that the message will show what this execution has brought
 */
export async function showShared(
  deps: ShowDeps,
  message: SlackMessageRef,
  requestId: string,
  update: () => Promise<void>,
): Promise<boolean> {
  const shown = await bestEffort(
    deps.log.warn,
    'The message of a group could not be brought up to date.',
    { requestId },
    async () => {
      const claim = await deps.ledger.claimShowing(message, deps.now().toISOString());
      return claim === undefined || showClaimed(deps, message, claim, update);
    },
  );
  return shown ?? false;
}

/** @returns false when there still is more to show */
async function showClaimed(
  { ledger, pause, now }: ShowDeps,
  message: SlackMessageRef,
  claim: string,
  update: () => Promise<void>,
): Promise<boolean> {
  try {
    for (let round = 0; round < ROUNDS; round++) {
      if (round > 0) await pause(PAUSE_MS);
      await update();
      if (!(await ledger.showAgain(message, claim, now().toISOString()))) return true;
    }
  } catch (error) {
    await ledger.releaseShowing(message, claim);
    throw error;
  }
  await ledger.releaseShowing(message, claim);
  return false;
}
