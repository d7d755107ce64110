import { writesDocument } from '../../events/watched-calls.ts';
import type { Intent } from '../../ledger/intents.ts';
import { intentOf } from '../begin.ts';
import { orMissing } from '../or-missing.ts';
import type { SeenPutBacks } from '../put-backs.ts';
import type { ContainmentTools, QuarantineTask } from '../tasks.ts';
import type { Removal } from './take-out-of-force.ts';

/** From this many on, nobody puts it back by mistake. */
const MOST_PUT_BACKS = 2;

/** Whoever loops can make it default again between two calls that follow at once, but hardly so often in a row. */
const TRIES = 10;

/**
 * Deletes a version that is put back again and again, so that it cannot be made default once more; approval makes it
 * anew. Only one that a watched change has created, and only once the ledger keeps its document.
 *
 * @param takeOut takes it out of force once more: IAM deletes no version that is the default
 * @returns whether it is deleted
 */
export async function endPutBacks(
  { target, document, plan, tookOut }: Removal & Pick<Intent, 'tookOut'>,
  task: QuarantineTask,
  { changes, putBacks }: SeenPutBacks,
  takeOut: () => Promise<unknown>,
  { iam, ledger, now, log }: ContainmentTools,
): Promise<boolean> {
  const { policyArn, versionId } = target;
  const created = [...changes, task.change].some(
    (each) =>
      writesDocument(each) && each.target.type === 'managed-policy' && each.target.versionId === versionId,
  );
  if (!created || putBacks.count < MOST_PUT_BACKS) return false;
  try {
    await ledger.keepIntent({ ...intentOf(task, { plan, document, tookOut }, now()), deletesVersion: true });
    await persist(TRIES, takeOut, () => orMissing(iam.deletePolicyVersion(policyArn, versionId)));
    return true;
  } catch (error) {
    log.error('A version that was put back again and again could not be deleted.', {
      error,
      policyArn,
      versionId,
    });
    return false;
  }
}

/**
 * Acts, and where that fails acts again right behind `before`, without waiting for its answer: whoever loops has the
 * less time in between.
 *
 * @throws what the last try has thrown
 */
async function persist(
  tries: number,
  before: () => Promise<unknown>,
  act: () => Promise<unknown>,
): Promise<void> {
  for (let tried = 1; ; tried++) {
    const began = tried === 1 ? [] : [before()];
    const acted = (await Promise.allSettled([...began, act()])).at(-1);
    if (acted?.status !== 'rejected') return;
    if (tried === tries) throw acted.reason;
  }
}
