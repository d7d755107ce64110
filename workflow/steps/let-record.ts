import type { ContainmentTools, DecidedTask } from '../containment/tasks.ts';
import { sha256 } from '../inspection/packed-document.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { targetKey } from '../ledger/target-key.ts';

/**
 * From its quarantine to the ledger a change takes a second or two. What is older was recorded, is covered by another
 * request, or its execution has died; nobody keeps an approved grant out of force by it, nor by more and more of them.
 */
const ON_ITS_WAY_MS = 10_000;
const LOOK_AGAIN_MS = 500;

/**
 * Waits, for ten seconds at most, for another event about exactly this that was quarantined and is not in the ledger
 * yet: it may name somebody else as the maker, whom the approval is of. Once it is there, it is for whoever asks next.
 */
export async function letRecord(
  task: DecidedTask,
  ledger: Pick<Ledger, 'read'>,
  tools: ContainmentTools,
): Promise<void> {
  for (let waited = 0; waited < ON_ITS_WAY_MS; waited += LOOK_AGAIN_MS) {
    if (!(await isOneOnItsWay(task, ledger, tools))) return;
    await tools.pause(LOOK_AGAIN_MS);
  }
}

async function isOneOnItsWay(
  { change, requestId, document }: DecidedTask,
  ledger: Pick<Ledger, 'read'>,
  tools: ContainmentTools,
): Promise<boolean> {
  const since = tools.now().getTime() - ON_ITS_WAY_MS;
  const digest = sha256(document);
  const intents = await tools.ledger.findIntents(targetKey(change.accountId, change.target));
  const others = intents.filter(
    (intent) =>
      intent.change.requestId !== requestId &&
      intent.document.sha256 === digest &&
      Date.parse(intent.at) >= since,
  );
  const recorded = await Promise.all(others.map((intent) => ledger.read(intent.change.requestId)));
  return recorded.includes(undefined);
}
