import type { Piece } from '../piece.ts';
import { documentPart } from '../prepare.ts';
import type { Part } from '../reader.ts';
import { objectOf } from '../tree.ts';
import { type Block, block, list } from './block.ts';
import type { PlanConfiguration } from './configuration.ts';
import { documentOf } from './documents.ts';

/** A resource as a plan, `show -json` or a state file has it. */
export interface Resource {
  /** Unique in the file, as in `module.app["a"].aws_iam_policy.this[0]`. */
  address: string;
  type: string;
  isData: boolean;
  values: Block;
  /** Where values are known only after apply: `true` in the place of each. */
  unknown: Block;
}

/** What a policy is put together from. */
interface Context {
  documents: readonly Resource[];
  configuration: PlanConfiguration;
  piece: Piece;
}

/** Attributes that hold a policy which the guard watches; `[]` stands for each block of a list. */
const POLICIES: Readonly<Record<string, readonly string[]>> = {
  aws_iam_policy: ['policy'],
  aws_iam_role_policy: ['policy'],
  aws_iam_user_policy: ['policy'],
  aws_iam_group_policy: ['policy'],
  aws_iam_role: ['inline_policy[].policy'],
  aws_ssoadmin_permission_set_inline_policy: ['inline_policy'],
  awscc_iam_managed_policy: ['policy_document'],
  awscc_iam_role_policy: ['policy_document'],
  awscc_iam_user_policy: ['policy_document'],
  awscc_iam_group_policy: ['policy_document'],
  awscc_iam_role: ['policies[].policy_document'],
  awscc_iam_user: ['policies[].policy_document'],
  awscc_iam_group: ['policies[].policy_document'],
  awscc_sso_permission_set: ['inline_policy'],
};

/** Attributes that name a managed policy: its document is in IAM. */
const ATTACHMENTS: Readonly<Record<string, string>> = {
  aws_iam_policy_attachment: 'policy_arn',
  aws_iam_role_policy_attachment: 'policy_arn',
  aws_iam_user_policy_attachment: 'policy_arn',
  aws_iam_group_policy_attachment: 'policy_arn',
  aws_iam_role: 'managed_policy_arns',
  aws_iam_role_policy_attachments_exclusive: 'policy_arns',
  aws_ssoadmin_managed_policy_attachment: 'managed_policy_arn',
  awscc_iam_role: 'managed_policy_arns',
  awscc_iam_user: 'managed_policy_arns',
  awscc_iam_group: 'managed_policy_arns',
};

const DOCUMENT = 'aws_iam_policy_document';
const LATER = 'its document is known only after apply';

/**
 * The policies of all resources: those that the guard watches to be judged, the others counted.
 *
 * @param resources managed ones and data sources
 */
export function* partsOf(
  resources: readonly Resource[],
  configuration: PlanConfiguration,
  piece: Piece,
): Generator<Part> {
  yield { type: 'left-out', as: 'no-policy' };
  const documents = resources.filter(({ isData, type }) => isData && type === DOCUMENT);
  const context = { documents, configuration, piece };
  const used = new Set<string>();
  for (const each of resources.filter(({ isData }) => !isData)) {
    for (const text of textsOf(each.values)) used.add(text);
    yield* policiesOf(each, context);
    yield* attachmentsOf(each);
    yield* templateOf(each);
    yield* unwatchedIn(each);
  }
  for (const each of documents) {
    const isUsed = used.has(String(each.values.json)) || configuration.isReferred(each.address);
    if (!isUsed) yield* documentPartOf(each.address, [each], context);
  }
}

function* policiesOf({ address, type, values, unknown }: Resource, context: Context): Generator<Part> {
  const { configuration, piece } = context;
  for (const path of POLICIES[type] ?? []) {
    const [attribute = '', inner] = path.split('[].');
    for (const found of valuesAt(values, unknown, attribute, inner)) {
      const policy = found.name === undefined ? address : `${address} (${found.name})`;
      if (typeof found.value === 'string' && found.value !== '') {
        yield { ...documentPart(found.value, piece, { policy }), at: piece.find(address) };
      } else if (typeof found.value === 'object' && found.value !== null) {
        yield { ...documentPart(JSON.stringify(found.value), piece, { policy }), at: piece.find(address) };
      } else if (found.isUnknown && (inner === undefined || configuration.sets(address, attribute))) {
        yield* resolved(address, policy, attribute, context);
      }
    }
  }
}

interface Found {
  value: unknown;
  name?: string;
  isUnknown: boolean;
}

function valuesAt(values: Block, unknown: Block, attribute: string, inner: string | undefined): Found[] {
  const value = values[attribute];
  if (inner === undefined) return [{ value, isUnknown: unknown[attribute] === true }];
  const unknowns = unknown[attribute];
  const blocks = list(value).map((each, index): Found => {
    const name = each.name ?? each.policy_name;
    const isUnknown = block(list(unknowns)[index])[inner] === true;
    return { value: each[inner], isUnknown, ...(typeof name === 'string' && { name }) };
  });
  return unknowns === true ? [...blocks, { value: undefined, isUnknown: true }] : blocks;
}

/** A policy that is known only after apply: what it is made of may be known. */
function* resolved(address: string, policy: string, attribute: string, context: Context): Generator<Part> {
  const instances = instancesOf(address, attribute, context);
  if (instances === undefined) {
    const reason = `${LATER}; make its resources known, use aws_iam_policy_document, or inspect the state after apply.`;
    yield { type: 'unjudged', at: context.piece.find(address), policy, reason: sentence(reason) };
  } else yield* documentPartOf(policy, instances, context);
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

/** A document, and the documents that it is made of where the plan does not put them together. */
function* documentPartOf(
  policy: string,
  sources: readonly Resource[],
  { documents, configuration, piece }: Context,
): Generator<Part> {
  const waiting = [...sources];
  const read = new Set<Resource>();
  for (let source = waiting.pop(); source !== undefined; source = waiting.pop()) {
    if (read.has(source)) continue;
    read.add(source);
    const { address, values, unknown } = source;
    const at = piece.find(address);
    const { statements, unknownSources, isOfResource } = documentOf(values, unknown);
    const others = unknownSources.map((name) =>
      instancesOf(address, name, { documents, configuration, piece }),
    );
    if (isOfResource) yield { type: 'left-out', as: 'not-watched', name: 'documents with principals' };
    else if (statements === undefined || others.includes(undefined)) {
      yield { type: 'unjudged', at, policy, reason: sentence(`${LATER}.`) };
    } else if (statements.length > 0) {
      yield { ...documentPart(objectOf({ Statement: statements }), piece, { policy }), at };
    }
    waiting.push(...others.flatMap((each) => each ?? []));
  }
}

/** @returns the documents that the attribute is made of; undefined when that is not all that it is made of */
function instancesOf(
  address: string,
  attribute: string,
  { documents, configuration }: Context,
): Resource[] | undefined {
  const sources = configuration.documentsOf(address, attribute);
  const instances = sources?.map((source) =>
    documents.filter((each) => configuration.addressOf(each.address) === source),
  );
  return instances?.every((each) => each.length > 0) ? instances.flat() : undefined;
}

function* attachmentsOf({ type, values }: Resource): Generator<Part> {
  const attribute = ATTACHMENTS[type];
  if (attribute === undefined) return;
  const arns = [values[attribute] ?? []].flat();
  const isAttachment = /attachment/.test(type);
  if (isAttachment && arns.length === 0) yield { type: 'left-out', as: 'in-iam', name: 'known after apply' };
  for (const arn of arns) if (typeof arn === 'string') yield { type: 'left-out', as: 'in-iam', name: arn };
}

/** A stack that Terraform sets up brings a template of CloudFormation. */
function* templateOf({ type, values }: Resource): Generator<Part> {
  const { template_body: template } = values;
  if (/^aws_cloudformation_stack(?:_set)?$/.test(type) && typeof template === 'string') {
    yield { type: 'inside', value: objectOf({ TemplateBody: template }) };
  }
}

/** Policies in other attributes and of other resources, such as of buckets, and trust policies. */
function* unwatchedIn({ type, values }: Resource): Generator<Part> {
  const watched = (POLICIES[type] ?? []).map((path) => path.split('[].')[0]);
  for (const [attribute, value] of Object.entries(values)) {
    const isPolicy =
      attribute !== 'template_body' &&
      typeof value === 'string' &&
      /^\s*\{/.test(value) &&
      /"Statement"/.test(value);
    if (isPolicy && !watched.includes(attribute)) {
      yield { type: 'left-out', as: 'not-watched', name: `${type}.${attribute}` };
    }
  }
}

function textsOf(values: Block): string[] {
  return Object.values(values).flatMap((value) => {
    if (typeof value === 'string') return [value];
    return list(value).flatMap((each) => Object.values(each).filter((inner) => typeof inner === 'string'));
  });
}
