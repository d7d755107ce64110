import { TooManyError } from '../account/iam/attached-to.ts';
import type { IamReader, Member } from '../account/iam/iam.ts';
import type { Change } from '../events/change.ts';
import { identityOf } from '../events/identity.ts';
import { writesDocument } from '../events/watched-calls.ts';
import { pack, sha256, unpack } from '../inspection/packed-document.ts';
import { withoutSpace } from '../inspection/without-space.ts';
import type { Approval } from '../ledger/decisions.ts';
import type { Principal } from '../ledger/request.ts';
import { targetKey } from '../ledger/target-key.ts';
import { newlyReached, readReach } from './reach.ts';
import type { ContainmentTools, DecidedTask } from './tasks.ts';
import { isWiderTrust } from './wider-trust.ts';

/** Whom a change's grant serves, by what IAM gives to nobody else again. @throws NotFoundError, what IAM throws */
export async function readPrincipal({ target }: Change, iam: IamReader): Promise<Principal> {
  if (target.type === 'managed-policy') {
    const [policy, members] = await Promise.all([
      iam.getPolicy(target.policyArn),
      attachedTo(target.policyArn, iam),
    ]);
    return { ...policy, ...(members && { members }) };
  }
  const [{ trust, ...holder }, policy] = await Promise.all([
    iam.getHolder(target.entity, target.entityName),
    target.type === 'attachment' ? iam.getPolicy(target.policyArn) : undefined,
  ]);
  return {
    ...holder,
    ...(policy && { policyId: policy.id }),
    ...(trust !== undefined && { trust: pack(withoutSpace(trust)) }),
  };
}

/**
 * The same, with who is behind the groups and roles that a managed policy is attached to: that takes a call for each, so
 * it is read once the grant is out of force.
 *
 * @throws what IAM throws
 */
export async function withReach(principal: Principal, iam: IamReader): Promise<Principal> {
  const reach = await readReach(principal.members ?? [], iam);
  return reach === undefined ? principal : { ...principal, reach };
}

/** @returns undefined when they are more than can be compared */
async function attachedTo(policyArn: string, iam: IamReader): Promise<Member[] | undefined> {
  try {
    return await iam.listHolders(policyArn);
  } catch (error) {
    if (error instanceof TooManyError) return undefined;
    throw error;
  }
}

/** Whom the grant would serve now, and why that is not whom it was approved for. */
interface AnotherPrincipal {
  why: string;
  principal: Principal;
}

/**
 * Whether an approval is for others than those whom the grant would serve now; undefined when it is not. What was not
 * known when it was asked about is not compared.
 */
export async function findAnotherPrincipal(
  task: DecidedTask,
  { iam, ledger }: Pick<ContainmentTools, 'iam' | 'ledger'>,
): Promise<AnotherPrincipal | undefined> {
  if (task.principal === undefined) return undefined;
  const principal = await readPrincipal(task.change, iam).then((now) => withReach(now, iam));
  const why = await whyAnother(task, task.principal, principal, ledger);
  return why === undefined ? undefined : { why, principal };
}

async function whyAnother(
  { change, document }: DecidedTask,
  asked: Principal,
  now: Principal,
  ledger: ContainmentTools['ledger'],
): Promise<string | undefined> {
  if (now.id !== asked.id || now.policyId !== asked.policyId) {
    return 'What it was approved for has been deleted, and another one has its name now.';
  }
  if (asked.trust && now.trust && isWiderTrust(unpack(asked.trust), unpack(now.trust))) {
    return 'Others may become the role now than when it was asked about.';
  }
  const reached = asked.reach ? newlyReached(asked.reach, now.reach) : [];
  if (reached === undefined) {
    return 'Others may have it by a group or role now than when it was asked about.';
  }
  const newcomers = newMembers(asked, now);
  const unasked = await Promise.all(
    newcomers.map(async (member) =>
      (await isApprovedFor(member, change, document, ledger)) ? [] : [member.name],
    ),
  );
  const names = [...unasked.flat(), ...reached];
  return names.length === 0
    ? undefined
    : `It would serve others now than those it was approved for: ${tell(names)}.`;
}

function newMembers(asked: Principal, now: Principal): Member[] {
  const { members } = asked;
  if (members === undefined || now.members === undefined) return [];
  const known = new Set(members.map(({ id }) => id));
  return now.members.filter(({ id }) => !known.has(id));
}

/** Whoever has got the policy meanwhile may have been asked about by themselves. */
async function isApprovedFor(
  { name }: Member,
  { accountId, target }: Change,
  document: string,
  ledger: ContainmentTools['ledger'],
): Promise<boolean> {
  const [entity, entityName = ''] = name.split('/');
  if (target.type !== 'managed-policy' || (entity !== 'user' && entity !== 'group' && entity !== 'role'))
    return false;
  const { policyArn } = target;
  const key = targetKey(accountId, { type: 'attachment', entity, entityName, policyArn });
  return (await ledger.findApproval(key, sha256(document))) !== undefined;
}

const MOST_TOLD = 5;

function tell(names: readonly string[]): string {
  const more = names.length - MOST_TOLD;
  return `${names.slice(0, MOST_TOLD).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A change that an earlier approval may cover. */
export interface Covered {
  change: Change;
  /** Whom it serves; missing when it could not be read, which then is nobody who was approved. */
  principal?: Principal | undefined;
  /** A session of the guard's own role made it. */
  byGuard?: true | undefined;
}

/**
 * Whether an approval covers a change. An inline policy that is written again is covered where it is what was
 * approved and put in force before, for a principal that is certainly the same: doing it again takes nothing away.
 * A new version of a managed policy is always asked about, unless the guard has put it back.
 */
export function covers(approval: Approval, covered: Covered): boolean {
  const { change, principal, byGuard } = covered;
  if (!isSamePrincipal(approval.principal, principal)) return false;
  if (!isApprovedFirst(approval, covered) && !approval.makers.includes(identityOf(change.requester)))
    return false;
  if (byGuard || !writesDocument(change)) return true;
  return change.target.type === 'inline-policy' && approval.carriedOut && approval.principal !== undefined;
}

const SECOND_MS = 1_000;

/**
 * Whether a change was approved before it was made. What was made before somebody else's was approved may be the
 * approver's own, asked about in another name. CloudTrail tells whole seconds: only what a session of the guard's role
 * wrote may be later than it says, because whoever else approved within that second could have made it before.
 */
function isApprovedFirst({ at }: Approval, { change, byGuard }: Covered): boolean {
  return Date.parse(at) < Date.parse(change.eventTime) + (byGuard ? SECOND_MS : 0);
}

/** An approval from before principals were kept counts by its name. */
function isSamePrincipal(approved: Principal | undefined, now: Principal | undefined): boolean {
  if (approved === undefined) return true;
  return now !== undefined && [now.id, now.policyId].includes(approved.id) && policyFits(approved, now);
}

/** Whether an approval is for the very one that is there now, and what it approves came into force by it. */
export function isCarriedOutFor(approval: Approval | undefined, now: Principal): boolean {
  return approval?.principal !== undefined && approval.carriedOut && isSamePrincipal(approval.principal, now);
}

/** An approval of the policy itself names the policy alone; one of an attachment names both. */
function policyFits(approved: Principal, now: Principal): boolean {
  return approved.policyId === undefined || approved.policyId === now.policyId;
}
