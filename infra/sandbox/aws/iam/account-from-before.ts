import type { CompletedCall } from '../front-door/completed-call.ts';
import { createGroup } from './groups.ts';
import { createRole } from './roles.ts';
import type { IamState, ManagedPolicy, PolicyHolder } from './state.ts';
import { uniqueId } from './unique-id.ts';
import { createUser } from './users.ts';

export interface AccountFromBefore {
  policies: number;
  principals: number;
  /** How many of the policies, the first ones, grant something restricted. */
  restricted: number;
  /** How many of the principals, the first ones, have a restricted inline policy that CloudTrail shows, a month old. */
  recent: number;
}

const DAY_MS = 24 * 60 * 60_000;
const YEAR_MS = 365 * DAY_MS;
const MONTH_MS = 30 * DAY_MS;

const TRUST = allow({ Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });
const HARMLESS = allow({ Action: 's3:GetObject', Resource: '*' });
const RESTRICTED = allow({ Action: 's3:DeleteBucket', Resource: '*' });

/** A call of a month ago, as far as it differs from others. */
export type OldCall = Pick<CompletedCall, 'service' | 'operation' | 'input' | 'at' | 'output'>;

/**
 * Fills IAM with policies, users, groups and roles that were there long before anybody was listening: CloudTrail has no
 * record of them. Each policy is attached to one principal, and each principal has an inline policy. What is there
 * already stays.
 *
 * @returns the calls of the last month
 */
export function fillFromBefore(
  state: IamState,
  { policies, principals, restricted, recent }: AccountFromBefore,
): OldCall[] {
  const past: IamState = { ...state, now: () => new Date(state.now().getTime() - YEAR_MS) };
  const holders = Array.from({ length: principals }, (_, index) => oldHolder(past, index));
  for (let index = 0; index < policies; index++) {
    const policy = oldPolicy(past, `old-policy-${index}`, index < restricted ? RESTRICTED : HARMLESS);
    if (!state.policies.has(policy.arn)) state.policies.set(policy.arn, policy);
    holders[index % holders.length]?.attached.add(policy.arn);
  }
  const at = new Date(state.now().getTime() - MONTH_MS);
  return holders.slice(0, recent).map((holder) => putRecent(holder, at));
}

const CALLED = { user: 'User', group: 'Group', role: 'Role' } as const;

function putRecent({ type, name, inline }: PolicyHolder, at: Date): OldCall {
  inline.set('recent', RESTRICTED);
  const kind = CALLED[type];
  const input = { [`${kind}Name`]: name, PolicyName: 'recent', PolicyDocument: RESTRICTED };
  return { service: 'iam', operation: `Put${kind}Policy`, input, at, output: {} };
}

/** Of ten principals one is a group, five are users of it, and the others roles. */
function oldHolder(past: IamState, index: number): PolicyHolder {
  const group = `old-group-${Math.floor(index / 10)}`;
  const holder = index % 10 === 0 ? groupOf(past, group) : roleOrUser(past, index, group);
  holder.inline.set('own', HARMLESS);
  return holder;
}

const groupOf = (past: IamState, name: string) => past.groups.get(name) ?? createGroup(past, { name });

function roleOrUser(past: IamState, index: number, group: string): PolicyHolder {
  if (index % 2 === 0) {
    const name = `old-role-${index}`;
    return past.roles.get(name) ?? createRole(past, { name, trustPolicy: TRUST });
  }
  const name = `old-user-${index}`;
  const user = past.users.get(name) ?? createUser(past, { name });
  groupOf(past, group).members.add(user);
  return user;
}

function allow(statement: object): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', ...statement }] });
}

function oldPolicy(state: IamState, name: string, document: string): ManagedPolicy {
  const at = state.now();
  return {
    ...{ name, id: uniqueId('ANPA'), arn: `arn:aws:iam::${state.accountId}:policy/${name}`, path: '/' },
    ...{ awsManaged: false, tags: [], createdAt: at, updatedAt: at, defaultVersion: 1, lastVersion: 1 },
    versions: [{ number: 1, document, createdAt: at }],
  };
}
