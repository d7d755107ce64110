import {
  CreatePolicyVersionCommand,
  DeletePolicyVersionCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
  ListAccountAliasesCommand,
  paginateListPolicyVersions,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import type { AwsClientConfig } from '../../runtime/aws-client.ts';
import { findName, listDefaultVersions, listInlinePolicies } from './account-details.ts';
import { listAttachedTo, listHolders } from './attached-to.ts';
import { attachmentCalls } from './attachment-calls.ts';
import { holderCalls } from './holder-calls.ts';
import type { IamReader, IamWriter, PolicyVersion } from './iam.ts';
import { translateErrors } from './iam-errors.ts';
import { inlineCalls } from './inline-calls.ts';
import { getUserAge } from './user-age.ts';
import { versionNumber } from './version-number.ts';

/** A step has 60 s for a handful of calls: one that hangs must not use them up. The steps are retried as a whole. */
const BOUNDS = {
  requestHandler: { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true },
};

const READ_TRIES = 4;

/**
 * A write whose answer was lost may have happened: a second one would meet the first one's doing and take it for
 * somebody else's. The state machine tries again, and the step looks first.
 */
const WRITE_TRIES = 1;

/** Reading IAM, for the `inspect` function. Documents come decoded, byte for byte. */
export function createIamReader(aws: AwsClientConfig): IamReader {
  return readerOver(createClient(aws, READ_TRIES));
}

/** Reading and writing IAM, for the `contain` function alone. */
export function createIamWriter(aws: AwsClientConfig): IamWriter {
  return {
    ...readerOver(createClient(aws, READ_TRIES)),
    ...writesOver(createClient(aws, WRITE_TRIES)),
  };
}

function createClient(aws: AwsClientConfig, maxAttempts: number): IAMClient {
  const client = new IAMClient({ ...BOUNDS, maxAttempts, ...aws });
  translateErrors(client);
  return client;
}

function readerOver(client: IAMClient): IamReader {
  let alias: Promise<string | undefined> | undefined;
  return {
    getAccountAlias: () => {
      alias ??= readAlias(client).catch((error) => {
        alias = undefined;
        throw error;
      });
      return alias;
    },
    getDefaultVersionId: async (PolicyArn) => {
      const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn }));
      return present(Policy?.DefaultVersionId, `GetPolicy of ${PolicyArn} has no default version`);
    },
    getPolicy: async (PolicyArn) => {
      const { Policy } = await client.send(new GetPolicyCommand({ PolicyArn }));
      return { id: present(Policy?.PolicyId, `GetPolicy of ${PolicyArn} has no policy id`), arn: PolicyArn };
    },
    getHolder: (entity, name) => holderCalls[entity](client, name),
    findName: (entity, id) => findName(client, entity, id),
    getPolicyVersion: async (PolicyArn, VersionId) => {
      const { PolicyVersion } = await client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId }));
      return decoded(PolicyVersion?.Document, `${VersionId} of ${PolicyArn}`);
    },
    listPolicyVersions: (PolicyArn) => listPolicyVersions(client, PolicyArn),
    getInlinePolicy: async (entity, name, policyName) => {
      const { PolicyDocument } = await inlineCalls[entity].get(client, name, policyName);
      return decoded(PolicyDocument, `${policyName} of ${entity} ${name}`);
    },
    isAttached: async (entity, name, policyArn) => {
      for await (const { AttachedPolicies = [] } of attachmentCalls[entity].list(client, name)) {
        if (AttachedPolicies.some((policy) => sameArn(policy.PolicyArn, policyArn))) return true;
      }
      return false;
    },
    listAttachedTo: (policyArn) => listAttachedTo(client, policyArn),
    getUserAge: (userName) => getUserAge(client, userName),
    listHolders: (policyArn) => listHolders(client, policyArn),
    listInlinePolicies: (entity) => listInlinePolicies(client, entity),
    listDefaultVersions: () => listDefaultVersions(client),
  };
}

function writesOver(client: IAMClient): Omit<IamWriter, keyof IamReader> {
  return {
    createDefaultPolicyVersion: async (PolicyArn, PolicyDocument) => {
      const command = new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument, SetAsDefault: true });
      const { PolicyVersion } = await client.send(command);
      return present(PolicyVersion?.VersionId, `CreatePolicyVersion of ${PolicyArn} has no version id`);
    },
    setDefaultPolicyVersion: (PolicyArn, VersionId) =>
      done(client.send(new SetDefaultPolicyVersionCommand({ PolicyArn, VersionId }))),
    deletePolicyVersion: (PolicyArn, VersionId) =>
      done(client.send(new DeletePolicyVersionCommand({ PolicyArn, VersionId }))),
    putInlinePolicy: (entity, name, policyName, document) =>
      done(inlineCalls[entity].put(client, name, policyName, document)),
    deleteInlinePolicy: (entity, name, policyName) =>
      done(inlineCalls[entity].delete(client, name, policyName)),
    attach: (entity, name, policyArn) => done(attachmentCalls[entity].attach(client, name, policyArn)),
    detach: (entity, name, policyArn) => done(attachmentCalls[entity].detach(client, name, policyArn)),
  };
}

/** An account has one at most. */
async function readAlias(client: IAMClient): Promise<string | undefined> {
  const { AccountAliases } = await client.send(new ListAccountAliasesCommand({}));
  return AccountAliases?.[0];
}

async function listPolicyVersions(client: IAMClient, PolicyArn: string): Promise<PolicyVersion[]> {
  const versions: PolicyVersion[] = [];
  for await (const { Versions = [] } of paginateListPolicyVersions({ client }, { PolicyArn })) {
    for (const version of Versions) {
      versions.push({
        versionId: present(version.VersionId, `A version of ${PolicyArn} has no id`),
        isDefault: version.IsDefaultVersion === true,
        createdAt: (version.CreateDate ?? new Date(0)).toISOString(),
      });
    }
  }
  return versions.sort((a, b) => versionNumber(b.versionId) - versionNumber(a.versionId));
}

/** IAM never has two policies whose names differ in case alone; whether it takes another case in calls is not known. */
function sameArn(one: string | undefined, other: string): boolean {
  return one?.toLowerCase() === other.toLowerCase();
}

async function done(call: Promise<unknown>): Promise<void> {
  await call;
}

/** IAM answers documents URL-encoded (RFC 3986). */
function decoded(document: string | undefined, what: string): string {
  return decodeURIComponent(present(document, `IAM answered no document for ${what}`));
}

function present(value: string | undefined, problem: string): string {
  if (value === undefined) throw new Error(`${problem}; this is not what IAM documents.`);
  return value;
}
