import type { JsonTree } from '../../../../workflow/inspection/json-tree.ts';
import type { Piece } from './piece.ts';
import { documentPart } from './prepare.ts';
import type { Part, Reader } from './reader.ts';
import { field, listField, textField } from './tree.ts';
import { partsBeside } from './values-inside.ts';

const ENTITIES = [
  { kind: 'user', list: 'UserDetailList', inline: 'UserPolicyList', name: 'UserName' },
  { kind: 'group', list: 'GroupDetailList', inline: 'GroupPolicyList', name: 'GroupName' },
  { kind: 'role', list: 'RoleDetailList', inline: 'RolePolicyList', name: 'RoleName' },
] as const;

/** What `aws iam get-account-authorization-details` prints: all that is in force in an account. */
const accountDetails: Reader = {
  name: 'the details of an account',
  recognises: (value) =>
    ENTITIES.some(({ list }) => Array.isArray(field(value, list))) ||
    listField(value, 'Policies').some((policy) => field(policy, 'PolicyVersionList') !== undefined),
  *reads(value, piece) {
    yield { type: 'left-out', as: 'no-policy' };
    yield* inlinePolicies(value, piece);
    const holders = holdersIn(value);
    for (const policy of listField(value, 'Policies')) {
      const name = textField(policy, 'Arn') ?? textField(policy, 'PolicyName');
      yield* versionInForce(policy, piece, name, holders.get(name ?? '') ?? []);
    }
  },
};

function* inlinePolicies(value: JsonTree, piece: Piece): Generator<Part> {
  for (const { kind, list, inline, name } of ENTITIES) {
    for (const entity of listField(value, list)) {
      const owner = textField(entity, 'Arn') ?? `${kind} ${textField(entity, name) ?? 'without a name'}`;
      for (const policy of listField(entity, inline)) {
        const document = field(policy, 'PolicyDocument');
        if (document === undefined) continue;
        const called = textField(policy, 'PolicyName') ?? 'without a name';
        yield documentPart(document, piece, {
          policy: `${owner} (${called})`,
          owners: [owner],
          within: policy,
        });
      }
      if (field(entity, 'AssumeRolePolicyDocument') !== undefined) {
        yield { type: 'left-out', as: 'not-watched', name: 'trust policies' };
      }
    }
  }
}

/** Who holds which managed policy, by its ARN. */
function holdersIn(value: JsonTree): Map<string, string[]> {
  const holders = new Map<string, string[]>();
  for (const { kind, list, name } of ENTITIES) {
    for (const entity of listField(value, list)) {
      const owner = `${kind} ${textField(entity, name) ?? textField(entity, 'Arn') ?? 'without a name'}`;
      for (const attached of listField(entity, 'AttachedManagedPolicies')) {
        const arn = textField(attached, 'PolicyArn') ?? '';
        holders.set(arn, [...(holders.get(arn) ?? []), owner]);
      }
    }
  }
  return holders;
}

/** A version that is not the default grants nothing until it is made it. */
function* versionInForce(
  policy: JsonTree,
  piece: Piece,
  name: string | undefined,
  owners: readonly string[],
): Generator<Part> {
  const inForce = textField(policy, 'DefaultVersionId');
  for (const version of listField(policy, 'PolicyVersionList')) {
    const document = field(version, 'Document');
    const isOther = inForce !== undefined && textField(version, 'VersionId') !== inForce;
    const flag = field(version, 'IsDefaultVersion');
    if (flag === false || (flag === undefined && isOther)) yield { type: 'left-out', as: 'not-in-force' };
    else if (document === undefined) yield { type: 'left-out', as: 'in-iam', ...(name && { name }) };
    else {
      yield documentPart(document, piece, {
        ...(name !== undefined && { policy: name }),
        ...(owners.length > 0 && { owners }),
        within: version,
      });
    }
  }
}

/** What IAM Identity Center's commands print of a permission set. */
const permissionSet: Reader = {
  name: 'a permission set',
  recognises: (value) => field(value, 'InlinePolicy') !== undefined && field(value, 'Type') === undefined,
  *reads(value, piece) {
    const policy = field(value, 'InlinePolicy') ?? null;
    const name = textField(value, 'Name') ?? textField(value, 'PermissionSetArn');
    if (typeof policy === 'string' && policy.trim() === '') yield { type: 'left-out', as: 'no-policy' };
    else yield documentPart(policy, piece, { policy: name ?? 'permission set', within: value });
    yield* partsBeside(value, piece, ['InlinePolicy']);
  },
};

/** What `list-attached-role-policies` and its like print. */
const attachments: Reader = {
  name: 'attached policies',
  recognises: (value) =>
    listField(value, 'AttachedPolicies').some(isAttachment) ||
    listField(value, 'AttachedManagedPolicies').some(isAttachment),
  *reads(value, piece) {
    for (const attached of [
      ...listField(value, 'AttachedPolicies'),
      ...listField(value, 'AttachedManagedPolicies'),
    ]) {
      const name = textField(attached, 'PolicyArn') ?? textField(attached, 'Arn');
      yield { type: 'left-out', as: 'in-iam', ...(name && { name }) };
    }
    yield* partsBeside(value, piece, ['AttachedPolicies', 'AttachedManagedPolicies']);
  },
};

function isAttachment(tree: JsonTree): boolean {
  return textField(tree, 'PolicyArn') !== undefined || textField(tree, 'Arn') !== undefined;
}

/** What IAM and IAM Identity Center tell of what is in force. */
export const accountReaders: readonly Reader[] = [accountDetails, permissionSet, attachments];
