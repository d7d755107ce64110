import * as z from '../../../../workflow/runtime/zod.ts';
import { flag, operation } from '../front-door/parameters.ts';
import { percentEncode } from '../front-door/percent-encoding.ts';
import type { Service } from '../front-door/service.ts';
import { deleteConflict, limitExceeded } from './errors.ts';
import { findOwnPolicy, findPolicy, findVersion } from './find.ts';
import { pageOf } from './paging.ts';
import * as parameters from './parameters.ts';
import { requireIdentityPolicy } from './policy-document/identity-policy.ts';
import { requireManagedPolicySize } from './quotas.ts';
import type { IamState, ManagedPolicy, PolicyVersion } from './state.ts';

const MOST_VERSIONS = 5;

/** The versions of managed policies. */
export function policyVersionOperations(state: IamState): Service {
  return {
    CreatePolicyVersion: operation(createVersionInput, (input) => createVersion(state, input)),
    GetPolicyVersion: operation(oneVersionInput, ({ PolicyArn, VersionId }) => {
      const policy = findPolicy(state, PolicyArn);
      return { PolicyVersion: versionWithDocument(policy, findVersion(policy, VersionId)) };
    }),
    ListPolicyVersions: operation(
      z.object({ PolicyArn: parameters.policyArn, ...parameters.page }),
      ({ PolicyArn, ...page }) => {
        const policy = findPolicy(state, PolicyArn);
        const { items, rest } = pageOf(policy.versions.toReversed(), page);
        return { ...rest, Versions: items.map((version) => versionSummary(policy, version)) };
      },
    ),
    SetDefaultPolicyVersion: operation(oneVersionInput, ({ PolicyArn, VersionId }) => {
      const policy = findOwnPolicy(state, PolicyArn);
      policy.defaultVersion = findVersion(policy, VersionId).number;
      policy.updatedAt = state.now();
      return {};
    }),
    DeletePolicyVersion: operation(oneVersionInput, ({ PolicyArn, VersionId }) =>
      deleteVersion(state, findOwnPolicy(state, PolicyArn), VersionId),
    ),
  };
}

const oneVersionInput = z.object({ PolicyArn: parameters.policyArn, VersionId: parameters.versionId });

const createVersionInput = z.object({
  PolicyArn: parameters.policyArn,
  PolicyDocument: parameters.policyDocument,
  SetAsDefault: z._default(flag, false),
});

function createVersion(state: IamState, input: z.output<typeof createVersionInput>): object {
  const policy = findOwnPolicy(state, input.PolicyArn);
  requireIdentityPolicy(input.PolicyDocument);
  requireManagedPolicySize(input.PolicyDocument);
  if (policy.versions.length >= MOST_VERSIONS) {
    throw limitExceeded(
      `A managed policy can have up to ${MOST_VERSIONS} versions. Before you create a new version, you must delete an existing version.`,
    );
  }
  policy.lastVersion += 1;
  const version: PolicyVersion = {
    number: policy.lastVersion,
    document: input.PolicyDocument,
    createdAt: state.now(),
  };
  policy.versions.push(version);
  policy.updatedAt = version.createdAt;
  if (input.SetAsDefault) policy.defaultVersion = version.number;
  return { PolicyVersion: versionSummary(policy, version) };
}

function deleteVersion(state: IamState, policy: ManagedPolicy, versionId: string): object {
  const version = findVersion(policy, versionId);
  if (version.number === policy.defaultVersion) {
    throw deleteConflict('Cannot delete the default version of a policy.');
  }
  policy.versions = policy.versions.filter((other) => other !== version);
  policy.updatedAt = state.now();
  return {};
}

function versionSummary(policy: ManagedPolicy, { number, createdAt }: PolicyVersion): object {
  return {
    VersionId: `v${number}`,
    IsDefaultVersion: number === policy.defaultVersion,
    CreateDate: createdAt,
  };
}

/** A version as GetPolicyVersion shows it, with the document URL-encoded. */
export function versionWithDocument(policy: ManagedPolicy, version: PolicyVersion): object {
  return { Document: percentEncode(version.document), ...versionSummary(policy, version) };
}
