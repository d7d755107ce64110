import { startedAgain } from '../events/started-again.ts';
import { unpack } from '../inspection/packed-document.ts';
import type { Intent } from '../ledger/intents.ts';
import { targetKey } from '../ledger/target-key.ts';
import type { LedgerLookups } from './ledger-lookups.ts';
import type { QuarantineTask } from './tasks.ts';

/** What the guard has written down about a target; asked for at once, waited for only by who needs it. */
export interface OwnDoing {
  /** Whether what is found done may be the doing of an earlier try, or of another execution for the same change. */
  isPossible(): Promise<boolean>;
  /** The document that an earlier try took out of force. */
  document(): Promise<string | undefined>;
  /** The quarantines of this target, newest change first. */
  intents(): Promise<readonly Intent[]>;
}

export function ownDoing(
  { change, executionArn, retryCount }: QuarantineTask,
  lookups: LedgerLookups,
): OwnDoing {
  // The one that died may have done it while the ledger was away.
  const isRepeat = retryCount > 0 || startedAgain(executionArn) !== undefined;
  const asked = lookups.intents(targetKey(change.accountId, change.target));
  const own = async () => (await asked).find((intent) => intent.change.requestId === change.requestId);
  return {
    isPossible: async () => isRepeat || (await own()) !== undefined,
    document: async () => {
      const intent = await own();
      return intent && unpack(intent.document);
    },
    intents: () => asked,
  };
}
