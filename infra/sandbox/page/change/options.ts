import type { SandboxState } from '../../api/contract.ts';
import { awsManagedPolicies } from './bundled.ts';
import type { Field, Kind } from './kinds.ts';

/** What has been put into the form: parameter → text; `yes` or `no` for a yes-no field. */
export type Values = Readonly<Record<string, string>>;

interface Choice {
  value: string;
  label: string;
}

/** What a field can be chosen from, out of what the account holds; undefined for a field that is typed. */
export function choicesOf(field: Field, values: Values, state: SandboxState): Choice[] | undefined {
  switch (field.input) {
    case 'own-policy':
      return ownPolicies(state);
    case 'any-policy':
      return [...ownPolicies(state), ...awsManagedPolicies().map(awsManagedChoice)];
    case 'version':
      return versions(state, values.PolicyArn);
    case 'user':
    case 'group':
    case 'role':
      return state.entities
        .filter(({ type }) => type === field.input)
        .map(({ name }) => ({ value: name, label: name }));
    default:
      return undefined;
  }
}

function ownPolicies(state: SandboxState): Choice[] {
  return state.policies
    .filter(({ awsManaged }) => !awsManaged)
    .map(({ arn, name }) => ({ value: arn, label: name }));
}

function awsManagedChoice(arn: string): Choice {
  return { value: arn, label: `${arn.slice(arn.lastIndexOf('/') + 1)} (AWS managed)` };
}

function versions(state: SandboxState, policyArn: string | undefined): Choice[] {
  const policy = state.policies.find(({ arn }) => arn === policyArn);
  return (policy?.versions ?? []).map(({ versionId, isDefault }) => ({
    value: versionId,
    label: isDefault ? `${versionId} (in force)` : versionId,
  }));
}

/** The values as the form shows them: what cannot be chosen, or no longer, falls back to the first choice. */
export function completeValues(kind: Kind, values: Values, state: SandboxState): Record<string, string> {
  const complete: Record<string, string> = {};
  for (const field of kind.fields) {
    const value = values[field.parameter] ?? (field.input === 'yes-no' ? 'yes' : '');
    const choices = choicesOf(field, complete, state);
    const known = choices === undefined || choices.some((choice) => choice.value === value);
    complete[field.parameter] = known ? value : (choices[0]?.value ?? '');
  }
  return complete;
}

/** The parameters of the IAM call. */
export function toParameters(kind: Kind, values: Values): Record<string, string | boolean> {
  return Object.fromEntries(
    kind.fields.map(({ parameter, input }) => {
      const value = values[parameter] ?? '';
      return [parameter, input === 'yes-no' ? value === 'yes' : value];
    }),
  );
}

/** `name`, or `name-2`, `name-3`… when there are policies of that name. */
export function freeName(name: string, state: SandboxState): string {
  const taken = new Set(state.policies.map((policy) => policy.name));
  let free = name;
  for (let number = 2; taken.has(free); number += 1) free = `${name}-${number}`;
  return free;
}
