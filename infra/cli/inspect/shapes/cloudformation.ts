import { JsonObject, type JsonTree } from '../../../../workflow/inspection/json-tree.ts';
import { isJson } from '../input/values.ts';
import { yamlValues } from '../input/yaml-values.ts';
import { branchesOf, functionIn, textIn } from './intrinsics.ts';
import { Piece } from './piece.ts';
import { documentPart } from './prepare.ts';
import type { Part, Reader } from './reader.ts';
import { serverlessPolicies } from './serverless.ts';
import { field, textField } from './tree.ts';

const TYPE = /^(?:[A-Za-z0-9]+(?:::[A-Za-z0-9]+)+|Custom::.+)$/;

/** A template, as written, as CDK synthesises it, and as `get-template` prints it. */
const template: Reader = {
  name: 'a CloudFormation template',
  recognises: (value) => isResources(field(value, 'Resources')) || isEmptyTemplate(value),
  *reads(value, piece) {
    yield { type: 'left-out', as: 'no-policy' };
    const resources = field(value, 'Resources');
    if (resources instanceof JsonObject) yield* resourcesIn(resources, piece);
  },
};

function isResources(tree: JsonTree | undefined): boolean {
  return (
    tree instanceof JsonObject &&
    tree.entries.some(
      ([key, resource]) => TYPE.test(textField(resource, 'Type') ?? '') || key.startsWith('Fn::'),
    )
  );
}

function isEmptyTemplate(value: JsonTree): boolean {
  return textField(value, 'AWSTemplateFormatVersion') !== undefined;
}

function* resourcesIn(resources: JsonObject, piece: Piece): Generator<Part> {
  for (const [name, resource] of resources.entries) {
    if (name.startsWith('Fn::ForEach')) yield* repeated(resource, piece);
    else if (name.startsWith('Fn::')) yield unknownResources(name, resources, piece);
    else yield* policiesOf(name, resource, piece);
  }
}

/** `"Fn::ForEach::Name": [variable, values, {resources}]` makes the resources once for each value. */
function* repeated(loop: JsonTree, piece: Piece): Generator<Part> {
  const made = Array.isArray(loop) ? loop[2] : undefined;
  if (made instanceof JsonObject) yield* resourcesIn(made, piece);
}

function unknownResources(name: string, resources: JsonTree, piece: Piece): Part {
  return {
    type: 'unjudged',
    at: piece.at(resources),
    reason: `What ${name} brings into the template is known only when it is deployed; inspect what get-template prints.`,
  };
}

function* policiesOf(name: string, resource: JsonTree, piece: Piece): Generator<Part> {
  const type = textField(resource, 'Type') ?? '';
  const properties = field(resource, 'Properties') ?? null;
  const read = TYPES[type] ?? (type.startsWith('AWS::Serverless::') ? serverlessPolicies : undefined);
  const isElsewhere = type.endsWith('::MODULE') || ELSEWHERE.has(type);
  if (field(properties, 'TemplateBody') !== undefined) yield { type: 'inside', value: properties };
  else if (isElsewhere) yield { type: 'left-out', as: 'elsewhere', name: `${name} (${type})` };
  else if (read !== undefined) yield* read(properties, name, piece, resource);
  else if (holdsPolicy(properties)) yield { type: 'left-out', as: 'not-watched', name: type };
}

/** They name a template, or set one up for others; where it is given with them, it is read. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  'AWS::CloudFormation::Stack',
  'AWS::CloudFormation::StackSet',
  'AWS::Serverless::Application',
]);

type ReadResource = (properties: JsonTree, name: string, piece: Piece, resource: JsonTree) => Iterable<Part>;

/** A policy by itself. */
const ofDocument =
  (key: string): ReadResource =>
  (properties, name, piece, resource) => {
    const document = field(properties, key);
    if (document === undefined || document === '') return [];
    return [documentPart(document, piece, { policy: name, within: resource })];
  };

/** A user, group or role with its inline policies and what is attached to it. */
function* ofPrincipal(...[properties, name, piece]: Parameters<ReadResource>): Generator<Part> {
  yield* inline(field(properties, 'Policies') ?? [], name, piece, properties);
  yield* attached(field(properties, 'ManagedPolicyArns') ?? []);
  if (field(properties, 'AssumeRolePolicyDocument') !== undefined) {
    yield { type: 'left-out', as: 'not-watched', name: 'trust policies' };
  }
}

function* inline(policies: JsonTree, name: string, piece: Piece, within: JsonTree): Generator<Part> {
  for (const policy of branchesOf(policies).flat().flatMap(branchesOf)) {
    const document = field(policy, 'PolicyDocument');
    const called = field(policy, 'PolicyName') ?? 'without a name';
    const label = `${name} (${textIn(called)})`;
    if (document !== undefined) {
      yield documentPart(document, piece, { policy: label, owners: [name], within: policy });
    } else {
      const at = piece.at(policy instanceof JsonObject ? policy : within);
      yield {
        type: 'unjudged',
        at,
        policy: name,
        reason: `One of its policies is ${functionIn(policy) ?? 'no object'}.`,
      };
    }
  }
}

/** @param arns of managed policies, or functions that give them */
function* attached(arns: JsonTree): Generator<Part> {
  for (const arn of branchesOf(arns).flat().flatMap(branchesOf)) {
    yield { type: 'left-out', as: 'in-iam', name: textIn(arn) };
  }
}

function* ofPermissionSet(...[properties, name, piece, resource]: Parameters<ReadResource>): Generator<Part> {
  yield* ofDocument('InlinePolicy')(properties, name, piece, resource);
  yield* attached(field(properties, 'ManagedPolicies') ?? []);
}

function* ofManagedPolicy(...given: Parameters<ReadResource>): Generator<Part> {
  yield* ofDocument('PolicyDocument')(...given);
}

/**
 * The types that carry what the guard watches.
 * Source: AWS CloudFormation Template Reference, "AWS::IAM" and "AWS::SSO".
 */
const TYPES: Readonly<Record<string, ReadResource>> = {
  'AWS::IAM::ManagedPolicy': ofManagedPolicy,
  'AWS::IAM::Policy': ofManagedPolicy,
  'AWS::IAM::RolePolicy': ofManagedPolicy,
  'AWS::IAM::UserPolicy': ofManagedPolicy,
  'AWS::IAM::GroupPolicy': ofManagedPolicy,
  'AWS::IAM::Role': ofPrincipal,
  'AWS::IAM::User': ofPrincipal,
  'AWS::IAM::Group': ofPrincipal,
  'AWS::SSO::PermissionSet': ofPermissionSet,
};

function holdsPolicy(properties: JsonTree): boolean {
  if (!(properties instanceof JsonObject)) return false;
  return properties.entries.some(([key, value]) => /policy/i.test(key) && value instanceof JsonObject);
}

/** What `get-template` prints: the template as text where it is YAML. */
const printed: Reader = {
  name: 'a template as the AWS CLI prints it',
  recognises: (value) => field(value, 'TemplateBody') !== undefined,
  *reads(value, piece) {
    const written = field(value, 'TemplateBody') ?? null;
    const body = functionIn(written) === undefined ? written : textIn(written);
    if (typeof body !== 'string') yield { type: 'inside', value: body };
    else if (isJson(body)) yield { type: 'text', text: body, at: piece.at(value) };
    else yield* fromYaml(body, piece.at(value));
  },
};

function* fromYaml(text: string, offset: number): Generator<Part> {
  const piece = new Piece({ text, offset, quoted: true, isJson: false });
  const values = yamlValues(text);
  if (values === undefined)
    yield { type: 'unjudged', at: offset, reason: 'The template is neither JSON nor YAML.' };
  else for (const value of values) yield { type: 'inside', value, piece };
}

/** CDK describes its constructs beside the templates; everything in there is in a template too. */
const constructTree: Reader = {
  name: "CDK's tree of constructs or manifest",
  recognises: (value) =>
    (/^tree-/.test(textField(value, 'version') ?? '') && field(value, 'tree') !== undefined) ||
    (textField(value, 'version') !== undefined && areArtifacts(field(value, 'artifacts'))),
  *reads() {
    yield { type: 'left-out', as: 'other-json' };
  },
};

function areArtifacts(tree: JsonTree | undefined): boolean {
  return (
    tree instanceof JsonObject &&
    tree.entries.every(([, artifact]) => /^(?:cdk|aws):/.test(textField(artifact, 'type') ?? ''))
  );
}

export const cloudFormationReaders: readonly Reader[] = [template, printed, constructTree];
