import {
  DeleteGroupPolicyCommand,
  DeleteRolePolicyCommand,
  DeleteUserPolicyCommand,
  GetGroupPolicyCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  type IAMClient,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
} from '@aws-sdk/client-iam';
import type { Entity } from '../../events/change.ts';

interface InlineCalls {
  get(client: IAMClient, name: string, PolicyName: string): Promise<{ PolicyDocument?: string | undefined }>;
  put(client: IAMClient, name: string, PolicyName: string, PolicyDocument: string): Promise<unknown>;
  delete(client: IAMClient, name: string, PolicyName: string): Promise<unknown>;
}

/** IAM has one set of calls for each kind of entity; this is the only place that knows. */
export const inlineCalls: Readonly<Record<Entity, InlineCalls>> = {
  user: {
    get: (client, UserName, PolicyName) => client.send(new GetUserPolicyCommand({ UserName, PolicyName })),
    put: (client, UserName, PolicyName, PolicyDocument) =>
      client.send(new PutUserPolicyCommand({ UserName, PolicyName, PolicyDocument })),
    delete: (client, UserName, PolicyName) =>
      client.send(new DeleteUserPolicyCommand({ UserName, PolicyName })),
  },
  group: {
    get: (client, GroupName, PolicyName) => client.send(new GetGroupPolicyCommand({ GroupName, PolicyName })),
    put: (client, GroupName, PolicyName, PolicyDocument) =>
      client.send(new PutGroupPolicyCommand({ GroupName, PolicyName, PolicyDocument })),
    delete: (client, GroupName, PolicyName) =>
      client.send(new DeleteGroupPolicyCommand({ GroupName, PolicyName })),
  },
  role: {
    get: (client, RoleName, PolicyName) => client.send(new GetRolePolicyCommand({ RoleName, PolicyName })),
    put: (client, RoleName, PolicyName, PolicyDocument) =>
      client.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument })),
    delete: (client, RoleName, PolicyName) =>
      client.send(new DeleteRolePolicyCommand({ RoleName, PolicyName })),
  },
};
