import type { ApprovalRequest, SlackMessageRef } from '../../../workflow/ledger/request.ts';
import { bestEffort } from '../../../workflow/runtime/best-effort.ts';
import { threadOf } from '../../media/slack/api/slack-api.ts';
import type { NotifyDeps } from '../delivery/deps.ts';
import { groupMessage } from './message.ts';
import { readThread } from './read-thread.ts';
import { describeGroup } from './words.ts';

type ShowDeps = Pick<NotifyDeps, 'ledger' | 'log' | 'settings' | 'now' | 'pause'> & {
  slack: Pick<NotifyDeps['slack'], 'update'>;
};

/** In a burst there is more to show each time; a function has 25 s, and the next change of the group goes on. */
const ROUNDS = 3;

/** About as often as Slack takes an update of one message. */
const PAUSE_MS = 1_200;

/**
 * Brings the message at the top of a group up to date, as the ledger has its requests now. One execution at a time does
 * so, for all that come meanwhile: however many there are, the message is written as often as Slack takes it. A request
 * that stands by itself has none. Best effort.
 *
 * @returns false when it is not known that the message will show the request
 */
export async function showGroup(deps: ShowDeps, request: ApprovalRequest): Promise<boolean> {
  const { id, slack } = request;
  if (slack?.threadTs === undefined) return true;
  const top = threadOf(slack);
  const shown = await bestEffort(
    deps.log.warn,
    'The message of a group could not be brought up to date.',
    { requestId: id },
    async () => {
      const claim = await deps.ledger.claimShowing(top, deps.now().toISOString());
      return claim === undefined || showClaimed(deps, request, top, claim);
    },
  );
  return shown ?? false;
}

/** @returns false when there still is more to show */
async function showClaimed(
  deps: ShowDeps,
  request: ApprovalRequest,
  top: SlackMessageRef,
  claim: string,
): Promise<boolean> {
  const { ledger, pause, now } = deps;
  try {
    for (let round = 0; round < ROUNDS; round++) {
      if (round > 0) await pause(PAUSE_MS);
      await showOnce(deps, request, top);
      if (!(await ledger.showAgain(top, claim, now().toISOString()))) return true;
    }
  } catch (error) {
    await ledger.releaseShowing(top, claim);
    throw error;
  }
  await ledger.releaseShowing(top, claim);
  return false;
}

async function showOnce(deps: ShowDeps, request: ApprovalRequest, top: SlackMessageRef): Promise<void> {
  const { requests, ...more } = await readThread(deps.ledger, request, top.ts);
  const [first, ...others] = requests;
  if (first === undefined) return;
  const message = groupMessage(describeGroup([first, ...others], more), deps.settings.APPROVERS);
  await deps.slack.update(top, message);
}

/** The requests that stand in the same thread, itself among them; none when it stands by itself. */
export async function groupMembers(
  { ledger }: Pick<NotifyDeps, 'ledger'>,
  request: ApprovalRequest,
): Promise<ApprovalRequest[]> {
  const threadTs = request.slack?.threadTs;
  return threadTs === undefined ? [] : (await readThread(ledger, request, threadTs)).requests;
}
