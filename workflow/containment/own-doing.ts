import { sha256, unpack } from '../inspection/packed-document.ts';
import type { Intent, Plan } from '../ledger/intents.ts';
import { targetKey } from '../ledger/target-key.ts';
import type { LedgerLookups } from './ledger-lookups.ts';
import type { QuarantineTask } from './tasks.ts';

/** What the guard has written down about a target; asked for at once, waited for only by who needs it. */
export interface OwnDoing {
  /** Whether what is found done may be the doing of an earlier try, or of another execution for the same change. */
  isPossible(): Promise<boolean>;
  /**
   * Whether the guard has taken exactly this document out of force here, for whichever event: else an event that was
   * made up could have what it tells asked about, and put in force. Not known counts as yes.
   */
  hasTakenOut(document: string): Promise<boolean>;
  /** The document that an earlier try took out of force. */
  document(): Promise<string | undefined>;
  /** Whether an earlier try has seen the grant in force; as a part of what is kept of that. */
  tookOut(): Promise<Pick<Intent, 'tookOut'>>;
  /** What an earlier try was about to do: what was known then may not be told again. */
  plan(): Promise<Plan | undefined>;
  /** The quarantines of this target, newest change first. */
  intents(): Promise<readonly Intent[]>;
}

export function ownDoing(
  { change, executionArn, retryCount }: QuarantineTask,
  lookups: LedgerLookups,
): OwnDoing {
  const key = targetKey(change.accountId, change.target);
  // The one that died may have done it while the ledger was away.
  const takesUp = lookups.isStartedAgain(executionArn);
  const isRepeat = async () => retryCount > 0 || (await takesUp);
  const asked = lookups.intents(key).then((intents) => intents ?? []);
  const own = async () => (await asked).find((intent) => intent.change.requestId === change.requestId);
  return {
    isPossible: async () => (await isRepeat()) || (await own()) !== undefined,
    hasTakenOut: async (document) => {
      if (await takesUp) return true;
      // Another event of the same may be at it just now, so both are asked anew.
      const hash = sha256(document);
      const [intents, waiting] = await Promise.all([lookups.intents(key), lookups.waitingFor(key, hash)]);
      return (
        intents === undefined ||
        waiting !== undefined ||
        intents.some((each) => each.document.sha256 === hash)
      );
    },
    document: async () => {
      const intent = await own();
      return intent && unpack(intent.document);
    },
    tookOut: async () => ((await own())?.tookOut ? { tookOut: true } : {}),
    plan: async () => ((await isRepeat()) ? (await own())?.plan : undefined),
    intents: () => asked,
  };
}
