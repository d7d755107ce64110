import {
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  type IAMClient,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import type { Sandbox } from '../../../infra/sandbox/sandbox.ts';
import { ADMINISTRATOR, HARMLESS, RESTRICTED } from './documents.ts';

type Iam = Sandbox['iam'];
/** What is there before the change is put there without a record of CloudTrail. */
type Put = (operation: string, input: Record<string, unknown>) => void;

/** One way to a restricted grant, and how to see whether it is in force. */
export interface Containment {
  name: string;
  before(put: Put): void;
  /** Makes the change; again, it puts the grant back. */
  make(iam: IAMClient): Promise<unknown>;
  /** Makes it once more while it is quarantined. */
  putBack(iam: IAMClient): Promise<unknown>;
  inForce(iam: Iam): boolean;
  /** What must be there after a restore and after a discard, apart from what is in force. */
  leftOver(iam: Iam, after: 'approved' | 'denied'): string | undefined;
  /** Whether IAM itself still holds the original. */
  isKept(iam: Iam): boolean;
}

/** What every message about the change names. */
export const NAME = 'somebody';
const ARN = `arn:aws:iam::123456789012:policy/${NAME}`;

const policyOf = (iam: Iam) => iam.listPolicies().find(({ arn }) => arn === ARN);
const versionsOf = (iam: Iam) => policyOf(iam)?.versions ?? [];
const entityOf = (iam: Iam) => iam.listEntities().find(({ type, name }) => type === 'user' && name === NAME);

const managed = {
  inForce: (iam: Iam) =>
    versionsOf(iam).some(({ isDefault, document }) => isDefault && document === RESTRICTED),
  isKept: (iam: Iam) => versionsOf(iam).some(({ document }) => document === RESTRICTED),
  putBack: (iam: IAMClient) =>
    iam.send(
      new CreatePolicyVersionCommand({ PolicyArn: ARN, PolicyDocument: RESTRICTED, SetAsDefault: true }),
    ),
};

/** @param expected the documents that may be there besides the placeholder, any order */
function strayVersion(iam: Iam, expected: readonly string[], mayHoldOthers: boolean): string | undefined {
  const others = versionsOf(iam).filter(({ document }) => !expected.includes(document));
  return mayHoldOthers || others.length === 0
    ? undefined
    : `a version that nobody asked for is left: ${others.map(({ versionId }) => versionId).join(', ')}`;
}

export const CONTAINMENTS: readonly Containment[] = [
  {
    ...managed,
    name: 'new policy',
    before: () => {},
    make: (iam) => iam.send(new CreatePolicyCommand({ PolicyName: NAME, PolicyDocument: RESTRICTED })),
    leftOver: (iam, after) => strayVersion(iam, [RESTRICTED], after === 'denied'),
  },
  {
    ...managed,
    name: 'version',
    before: (put) => put('CreatePolicy', { PolicyName: NAME, PolicyDocument: HARMLESS }),
    make: managed.putBack,
    leftOver: (iam) => strayVersion(iam, [RESTRICTED, HARMLESS], false),
  },
  {
    ...managed,
    name: 'set default',
    before: (put) => {
      put('CreatePolicy', { PolicyName: NAME, PolicyDocument: HARMLESS });
      put('CreatePolicyVersion', { PolicyArn: ARN, PolicyDocument: RESTRICTED });
    },
    make: setDefault,
    putBack: setDefault,
    leftOver: (iam) => strayVersion(iam, [RESTRICTED, HARMLESS], false),
  },
  {
    name: 'inline',
    before: (put) => put('CreateUser', { UserName: NAME }),
    make: putInline,
    putBack: putInline,
    inForce: (iam) => entityOf(iam)?.inlinePolicies.some(({ document }) => document === RESTRICTED) ?? false,
    isKept: () => false,
    leftOver: (iam) =>
      entityOf(iam)?.inlinePolicies.some(({ name }) => name !== 'p') ? 'a stray inline policy' : undefined,
  },
  {
    name: 'attachment',
    before: (put) => put('CreateUser', { UserName: NAME }),
    make: attach,
    putBack: attach,
    inForce: (iam) => entityOf(iam)?.attachedPolicies.includes(ADMINISTRATOR) ?? false,
    isKept: () => true,
    leftOver: (iam) => (entityOf(iam)?.inlinePolicies.length ? 'a stray inline policy' : undefined),
  },
];

function setDefault(iam: IAMClient): Promise<unknown> {
  return iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn: ARN, VersionId: 'v2' }));
}

function putInline(iam: IAMClient): Promise<unknown> {
  return iam.send(new PutUserPolicyCommand({ UserName: NAME, PolicyName: 'p', PolicyDocument: RESTRICTED }));
}

function attach(iam: IAMClient): Promise<unknown> {
  return iam.send(new AttachUserPolicyCommand({ UserName: NAME, PolicyArn: ADMINISTRATOR }));
}

/** Somebody whom none of it concerns, and what they have. */
export function putBystander(put: Put): void {
  put('CreateUser', { UserName: 'bystander' });
  put('PutUserPolicy', { UserName: 'bystander', PolicyName: 'own', PolicyDocument: HARMLESS });
  put('CreatePolicy', { PolicyName: 'bystander', PolicyDocument: HARMLESS });
  put('AttachUserPolicy', { UserName: 'bystander', PolicyArn: ADMINISTRATOR });
}

/** Everything in IAM that the change is not about, as text. */
export function othersOf(iam: Iam): string {
  const policies = iam.listPolicies().filter(({ arn }) => arn !== ARN);
  const entities = iam.listEntities().filter(({ name }) => name !== NAME);
  return JSON.stringify([policies.map(({ attachedTo: _, ...rest }) => rest), entities]);
}
