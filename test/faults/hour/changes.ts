import {
  AttachUserPolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateUserCommand,
  type IAMClient,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import type { RequestState } from '../../../infra/sandbox/api/contract.ts';
import { ADMINISTRATOR, HARMLESS, RESTRICTED } from '../plays/documents.ts';

/** One restricted thing that somebody has put in force. */
export interface Made {
  /** Where IAM shows it, as `restrictedInForce` names places. */
  place: string;
  isAbout(request: RequestState): boolean;
  /** Puts it in force again. */
  again(): Promise<unknown>;
}

type Make = (iam: IAMClient, name: string) => Promise<Made>;

const madeVersion = (iam: IAMClient, PolicyArn: string, VersionId: string): Made => ({
  place: PolicyArn,
  isAbout: ({ policyArn }) => policyArn === PolicyArn,
  again: () => iam.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId })),
});

async function create(iam: IAMClient, PolicyName: string, PolicyDocument: string): Promise<string> {
  const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName, PolicyDocument }));
  return Policy?.Arn ?? '';
}

/** A user, and a write to it. */
async function toUser(
  iam: IAMClient,
  UserName: string,
  held: string,
  write: () => Promise<unknown>,
): Promise<Made> {
  await iam.send(new CreateUserCommand({ UserName }));
  await write();
  const isAbout = ({ change: { target } }: RequestState) =>
    'entityName' in target && target.entityName === UserName;
  return { place: `${UserName} ${held}`, isAbout, again: write };
}

/** The ways to put something restricted in force. */
export const KINDS: readonly Make[] = [
  async (iam, name) => madeVersion(iam, await create(iam, name, RESTRICTED), 'v1'),
  async (iam, name) => {
    const PolicyArn = await create(iam, name, HARMLESS);
    const version = { PolicyArn, PolicyDocument: RESTRICTED, SetAsDefault: true };
    await iam.send(new CreatePolicyVersionCommand(version));
    return madeVersion(iam, PolicyArn, 'v2');
  },
  (iam, UserName) => {
    const write = { UserName, PolicyName: 'own', PolicyDocument: RESTRICTED };
    return toUser(iam, UserName, 'inline own', () => iam.send(new PutUserPolicyCommand(write)));
  },
  (iam, UserName) => {
    const write = { UserName, PolicyArn: ADMINISTRATOR };
    return toUser(iam, UserName, `attached ${ADMINISTRATOR}`, () =>
      iam.send(new AttachUserPolicyCommand(write)),
    );
  },
];
