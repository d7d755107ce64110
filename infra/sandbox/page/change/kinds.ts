/** What is asked for in the form for one parameter of an IAM call, and how it is put in. */
export interface Field {
  /** The parameter's name in the IAM API. */
  parameter: string;
  label: string;
  input: 'text' | 'document' | 'own-policy' | 'any-policy' | 'version' | 'user' | 'group' | 'role' | 'yes-no';
}

export interface Kind {
  operation: string;
  /** What the call does, in a few words. */
  does: string;
  fields: readonly Field[];
}

const policyName: Field = { parameter: 'PolicyName', label: 'Policy name', input: 'text' };
const document: Field = { parameter: 'PolicyDocument', label: 'Policy document', input: 'document' };
const ownPolicy: Field = { parameter: 'PolicyArn', label: 'Policy', input: 'own-policy' };
const anyPolicy: Field = { parameter: 'PolicyArn', label: 'Policy', input: 'any-policy' };
const version: Field = { parameter: 'VersionId', label: 'Version', input: 'version' };
const setAsDefault: Field = { parameter: 'SetAsDefault', label: 'Put it in force', input: 'yes-no' };
const user: Field = { parameter: 'UserName', label: 'User', input: 'user' };
const group: Field = { parameter: 'GroupName', label: 'Group', input: 'group' };
const role: Field = { parameter: 'RoleName', label: 'Role', input: 'role' };

/** The IAM calls that the guard watches. */
export const KINDS: readonly Kind[] = [
  { operation: 'CreatePolicy', does: 'Create a policy', fields: [policyName, document] },
  {
    operation: 'CreatePolicyVersion',
    does: 'Add a version to a policy',
    fields: [ownPolicy, document, setAsDefault],
  },
  { operation: 'SetDefaultPolicyVersion', does: 'Put a version in force', fields: [ownPolicy, version] },
  { operation: 'PutUserPolicy', does: 'Write a policy into a user', fields: [user, policyName, document] },
  { operation: 'PutGroupPolicy', does: 'Write a policy into a group', fields: [group, policyName, document] },
  { operation: 'PutRolePolicy', does: 'Write a policy into a role', fields: [role, policyName, document] },
  { operation: 'AttachUserPolicy', does: 'Attach a policy to a user', fields: [user, anyPolicy] },
  { operation: 'AttachGroupPolicy', does: 'Attach a policy to a group', fields: [group, anyPolicy] },
  { operation: 'AttachRolePolicy', does: 'Attach a policy to a role', fields: [role, anyPolicy] },
];

export function kindOf(operation: string): Kind {
  const kind = KINDS.find((candidate) => candidate.operation === operation);
  if (!kind) throw new RangeError(`No kind of change is called ${operation}`);
  return kind;
}
