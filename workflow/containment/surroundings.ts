import type { IamReader } from '../account/iam/iam.ts';
import type { Change, Target } from '../events/change.ts';
import { packIfSmall } from '../inspection/packed-document.ts';
import type { Containment, Surroundings } from '../ledger/request.ts';
import { bestEffort } from '../runtime/best-effort.ts';
import { inTime } from '../runtime/in-time.ts';
import { readBefore } from './contain.ts';
import type { ContainmentTools } from './tasks.ts';

/** Nobody is asked before these are read, and what they tell is a help only. */
const TIMEOUT_MS = 2_000;

/**
 * Reads what stands around a change that is quarantined: help for whoever decides. What can't be read in time is
 * missing.
 */
export async function readSurroundings(
  change: Change,
  containment: Containment,
  { iam, log }: Pick<ContainmentTools, 'iam' | 'log'>,
): Promise<{ surroundings?: Surroundings }> {
  const ask = <T>(what: string, question: () => Promise<T>) => {
    const message = `Nothing told ${what}; going on without it.`;
    const fields = { requestId: change.requestId };
    return bestEffort(log.warn, message, fields, () => inTime(question(), TIMEOUT_MS));
  };
  const [before, attachedTo] = await Promise.all([
    ask('what was in force before', () => readPackedBefore(change, containment, iam)),
    ask('what the policy is attached to', () => readAttachedTo(change.target, iam)),
  ]);
  const surroundings = { ...(before && { before }), ...(attachedTo && { attachedTo }) };
  return Object.keys(surroundings).length === 0 ? {} : { surroundings };
}

async function readPackedBefore(
  change: Change,
  containment: Containment,
  iam: IamReader,
): Promise<Surroundings['before']> {
  const before = await readBefore(change, containment, iam);
  const document = before && packIfSmall(before.document);
  return before && document && { label: before.label, document };
}

async function readAttachedTo(target: Target, iam: IamReader): Promise<string[]> {
  if (target.type === 'managed-policy') return iam.listAttachedTo(target.policyArn);
  const holder = `${target.entity}/${target.entityName}`;
  if (target.type === 'inline-policy') return [holder];
  const others = await iam.listAttachedTo(target.policyArn);
  return [holder, ...others.filter((other) => other.toLowerCase() !== holder.toLowerCase())];
}
