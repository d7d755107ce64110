import type { IamReader, Member, UserAge } from '../account/iam/iam.ts';
import type { Change, Entity, Target } from '../events/change.ts';
import { countDifference, type Difference } from '../inspection/count-difference.ts';
import { type PackedDocument, packIfSmall, unpack } from '../inspection/packed-document.ts';
import type { PlannedBefore } from '../ledger/intents.ts';
import type { Containment, Principal, Surroundings } from '../ledger/request.ts';
import { bestEffort } from '../runtime/best-effort.ts';
import { inTime } from '../runtime/in-time.ts';
import { readBefore } from './contain.ts';
import { tellBefore } from './known-before.ts';
import type { ContainmentTools } from './tasks.ts';

/**
 * Reads what stands around a change that is quarantined: help for whoever decides. What can't be read in time is
 * missing.
 *
 * @param quarantined what quarantine left there, and took out; what stood there before, where the inventory knew it
 */
export async function readSurroundings(
  change: Change,
  {
    containment,
    document,
    before: known,
  }: { containment: Containment; document: string; before?: PlannedBefore },
  { iam, limits, log }: Pick<ContainmentTools, 'iam' | 'limits' | 'log'>,
): Promise<{ surroundings?: Surroundings }> {
  const ask = <T>(what: string, question: () => Promise<T>, timeoutMs = limits.readMs) => {
    const message = `Nothing told ${what}; going on without it.`;
    const fields = { requestId: change.requestId };
    return bestEffort(log.warn, message, fields, () => inTime(question(), timeoutMs));
  };
  const askWhom = async () => {
    const attachedTo = await ask('what the policy is attached to', () => readAttachedTo(change.target, iam));
    if (attachedTo === undefined) return {};
    const behind = () => readHolders(change.target, attachedTo, iam);
    const holders = await ask('who is behind groups and roles', behind, limits.holdersMs);
    return { attachedTo, ...(holders && holders.length > 0 && { holders }) };
  };
  const [before, whom, requesterAge, accountAlias] = await Promise.all([
    known === undefined
      ? ask('what was in force before', () => readPackedBefore(change, containment, iam))
      : tellBefore(known, change.target),
    askWhom(),
    ask('how old the requester is', () => readRequesterAge(change, iam)),
    ask('what the account calls itself', () => iam.getAccountAlias()),
  ]);
  const surroundings = {
    ...(before && { before: { ...before, ...differenceFrom(before.document, document) } }),
    ...whom,
    ...(requesterAge && { requesterAge }),
    ...(accountAlias !== undefined && { accountAlias }),
  };
  return Object.keys(surroundings).length === 0 ? {} : { surroundings };
}

function differenceFrom(before: PackedDocument | undefined, document: string): { difference?: Difference } {
  const difference = before && countDifference(unpack(before), document);
  return difference === undefined ? {} : { difference };
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

/** Of users alone: whoever may make a user may give it any name. */
async function readRequesterAge({ requester }: Change, iam: IamReader): Promise<UserAge | undefined> {
  return requester.user && iam.getUserAge(requester.user.name);
}

/** As many as a message has room for. */
const MOST_HOLDERS = 3;
const MOST_MEMBERS = 3;
/** Twice what IAM takes unless it is asked for more; it travels in the state of the execution. */
const LONGEST_TRUST = 4_096;

/** An attachment or inline policy serves the one that holds it; a managed policy everybody that it is attached to. */
async function readHolders(
  target: Target,
  attachedTo: readonly string[],
  iam: IamReader,
): Promise<NonNullable<Surroundings['holders']>> {
  const served = attachedTo.slice(0, target.type === 'managed-policy' ? MOST_HOLDERS : 1);
  const read = await Promise.all(served.map((name) => readHolder(name, iam)));
  return read.filter((holder) => holder !== undefined);
}

async function readHolder(name: string, iam: IamReader) {
  const [, entity, entityName] = /^(group|role)\/(.+)$/.exec(name) ?? [];
  if (entityName === undefined) return undefined;
  const { trust, members } = await iam.getHolder(entity as Entity, entityName);
  return describeHolder(name, trust, members);
}

/** The same, of whom a grant is known to serve. @returns undefined where that does not tell */
export function holdersIn(target: Target, principal: Principal | undefined): Surroundings['holders'] {
  if (principal === undefined) return undefined;
  const { trust, members, reach } = principal;
  if (target.type === 'managed-policy') {
    return reach?.behind
      ?.slice(0, MOST_HOLDERS)
      .map((each) => describeHolder(each.name, each.trust && unpack(each.trust), each.members));
  }
  if (trust === undefined && members === undefined) return undefined;
  return [describeHolder(`${target.entity}/${target.entityName}`, trust && unpack(trust), members)];
}

function describeHolder(name: string, trust: string | undefined, members: readonly Member[] | undefined) {
  return {
    name,
    ...(trust !== undefined && trust.length <= LONGEST_TRUST && { trust }),
    ...(members && {
      members: { count: members.length, first: members.slice(0, MOST_MEMBERS).map((member) => member.name) },
    }),
  };
}
