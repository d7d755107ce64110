import {
  type AttachedPolicy,
  AttachGroupPolicyCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  DetachGroupPolicyCommand,
  DetachRolePolicyCommand,
  DetachUserPolicyCommand,
  type IAMClient,
  paginateListAttachedGroupPolicies,
  paginateListAttachedRolePolicies,
  paginateListAttachedUserPolicies,
} from '@aws-sdk/client-iam';
import type { Entity } from '../../events/change.ts';

interface AttachmentPage {
  AttachedPolicies?: AttachedPolicy[] | undefined;
}

interface AttachmentCalls {
  list(client: IAMClient, name: string): AsyncIterable<AttachmentPage>;
  attach(client: IAMClient, name: string, PolicyArn: string): Promise<unknown>;
  detach(client: IAMClient, name: string, PolicyArn: string): Promise<unknown>;
}

/** IAM has one set of calls for each kind of entity; this is the only place that knows. */
export const attachmentCalls: Readonly<Record<Entity, AttachmentCalls>> = {
  user: {
    list: (client, UserName) => paginateListAttachedUserPolicies({ client }, { UserName }),
    attach: (client, UserName, PolicyArn) =>
      client.send(new AttachUserPolicyCommand({ UserName, PolicyArn })),
    detach: (client, UserName, PolicyArn) =>
      client.send(new DetachUserPolicyCommand({ UserName, PolicyArn })),
  },
  group: {
    list: (client, GroupName) => paginateListAttachedGroupPolicies({ client }, { GroupName }),
    attach: (client, GroupName, PolicyArn) =>
      client.send(new AttachGroupPolicyCommand({ GroupName, PolicyArn })),
    detach: (client, GroupName, PolicyArn) =>
      client.send(new DetachGroupPolicyCommand({ GroupName, PolicyArn })),
  },
  role: {
    list: (client, RoleName) => paginateListAttachedRolePolicies({ client }, { RoleName }),
    attach: (client, RoleName, PolicyArn) =>
      client.send(new AttachRolePolicyCommand({ RoleName, PolicyArn })),
    detach: (client, RoleName, PolicyArn) =>
      client.send(new DetachRolePolicyCommand({ RoleName, PolicyArn })),
  },
};
