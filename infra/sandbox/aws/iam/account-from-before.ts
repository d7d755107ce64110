import { createRole } from './roles.ts';
import type { IamState, ManagedPolicy } from './state.ts';
import { uniqueId } from './unique-id.ts';

export interface AccountFromBefore {
  policies: number;
  principals: number;
  /** How many of the policies, the first ones, grant something restricted. */
  restricted: number;
}

const YEAR_MS = 365 * 24 * 60 * 60_000;

const TRUST = allow({ Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' });

/**
 * Fills IAM with policies and roles that were there long before anybody was listening: CloudTrail has no record of them.
 * Each policy is attached to one role.
 */
export function fillFromBefore(
  state: IamState,
  { policies, principals, restricted }: AccountFromBefore,
): void {
  const past: IamState = { ...state, now: () => new Date(state.now().getTime() - YEAR_MS) };
  const roles = Array.from({ length: principals }, (_, index) =>
    createRole(past, { name: `old-role-${index}`, trustPolicy: TRUST }),
  );
  for (let index = 0; index < policies; index++) {
    const action = index < restricted ? 's3:DeleteBucket' : 's3:GetObject';
    const policy = oldPolicy(past, `old-policy-${index}`, allow({ Action: action, Resource: '*' }));
    state.policies.set(policy.arn, policy);
    roles[index % roles.length]?.attached.add(policy.arn);
  }
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
