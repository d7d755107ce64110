import type { IamReader, Member } from '../account/iam/iam.ts';
import type { Entity } from '../events/change.ts';
import { pack, sha256, unpack } from '../inspection/packed-document.ts';
import { withoutSpace } from '../inspection/without-space.ts';
import type { Principal } from '../ledger/request.ts';
import { aFewAtOnce } from '../runtime/a-few-at-once.ts';
import { orMissing } from './or-missing.ts';
import { isWiderTrust } from './wider-trust.ts';

type Reach = NonNullable<Principal['reach']>;
type Behind = NonNullable<Reach['behind']>[number];

/** IAM throttles at unpublished rates. */
const AT_ONCE = 10;

/**
 * Who is behind the groups and roles that a managed policy is attached to: the users of each group, and who may become
 * each role.
 *
 * @param members whom it is attached to
 * @returns undefined where there is neither group nor role
 * @throws what IAM throws; who is not there any more is left out
 */
export async function readReach(members: readonly Member[], iam: IamReader): Promise<Reach | undefined> {
  const served = members.filter(({ name }) => !name.startsWith('user/'));
  if (served.length === 0) return undefined;
  const behind: Behind[] = [];
  await aFewAtOnce(served, AT_ONCE, async (member) => {
    behind.push(...(await readBehind(member, iam)));
  });
  behind.sort((one, other) => one.name.localeCompare(other.name));
  return { sha256: sha256(JSON.stringify(behind)), behind };
}

async function readBehind({ name, id }: Member, iam: IamReader): Promise<Behind[]> {
  const [entity, entityName = ''] = name.split('/');
  const holder = await orMissing(iam.getHolder(entity as Entity, entityName));
  // Another one has the name by now: it does not hold the policy, or is a newcomer to it.
  if (holder?.id !== id) return [];
  const { trust, members } = holder;
  return [
    {
      ...{ name, id },
      ...(trust !== undefined && { trust: pack(withoutSpace(trust)) }),
      ...(members && { members: members.toSorted((one, other) => one.id.localeCompare(other.id)) }),
    },
  ];
}

/**
 * Who has it by a group or role now, and had not when it was asked about. Groups and roles that are new themselves are
 * not told: they are new members of the policy.
 *
 * @returns names: `user/alice of group/admins`, or `whoever may become role/deployer`; undefined where there are too
 *   many to tell them by name
 */
export function newlyReached(asked: Reach, now: Reach | undefined): string[] | undefined {
  if (now === undefined || now.sha256 === asked.sha256) return [];
  if (asked.behind === undefined || now.behind === undefined) return undefined;
  const before = new Map(asked.behind.map((each) => [each.id, each]));
  return now.behind.flatMap((each) => {
    const known = before.get(each.id);
    return known === undefined ? [] : newBehind(known, each);
  });
}

function newBehind(known: Behind, { name, trust, members = [] }: Behind): string[] {
  const had = new Set(known.members?.map(({ id }) => id));
  const joined = members.filter(({ id }) => !had.has(id)).map((member) => `${member.name} of ${name}`);
  const isWider = trust && known.trust && isWiderTrust(unpack(known.trust), unpack(trust));
  return isWider ? [...joined, `whoever may become ${name}`] : joined;
}
