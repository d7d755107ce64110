import { JsonObject, type JsonTree } from '../../../../workflow/inspection/json-tree.ts';
import type { Piece } from './piece.ts';
import { documentPart } from './prepare.ts';
import type { Part, Reader } from './reader.ts';
import { field, listField, parsedText, textField } from './tree.ts';

const INLINE: Readonly<Record<string, string>> = {
  'AWS::IAM::Role': 'rolePolicyList',
  'AWS::IAM::User': 'userPolicyList',
  'AWS::IAM::Group': 'groupPolicyList',
};

/** AWS Config's items: in snapshots, histories, messages and what its commands print. */
const items: Reader = {
  name: 'items of AWS Config',
  recognises: (value) => Array.isArray(value) && value.some(isItem),
  *reads(value, piece) {
    const all = Array.isArray(value) ? value.filter(isItem) : [];
    const inForce = new Map(all.toSorted(byTime).map((item) => [identityOf(item), item]));
    for (const each of all) {
      if (inForce.get(identityOf(each)) === each) yield* partsOf(each, piece);
      else yield { type: 'left-out', as: 'not-in-force' };
    }
  },
};

const item: Reader = {
  name: 'an item of AWS Config',
  recognises: isItem,
  reads: partsOf,
};

function isItem(value: JsonTree): boolean {
  return (
    /^AWS::\w+::\w+$/.test(textField(value, 'resourceType') ?? '') &&
    (field(value, 'configuration') !== undefined || field(value, 'configurationItemStatus') !== undefined)
  );
}

function byTime(one: JsonTree, other: JsonTree): number {
  const [a, b] = [one, other].map((each) => textField(each, 'configurationItemCaptureTime') ?? '');
  return (a ?? '') < (b ?? '') ? -1 : 1;
}

/** A history holds one resource as it was at several times. Without a name each item stands for itself. */
function identityOf(value: JsonTree): unknown {
  const name = textField(value, 'ARN') ?? textField(value, 'arn') ?? textField(value, 'resourceId');
  return name === undefined ? value : `${textField(value, 'resourceType')} ${name}`;
}

function* partsOf(value: JsonTree, piece: Piece): Generator<Part> {
  const type = textField(value, 'resourceType') ?? '';
  const name = textField(value, 'ARN') ?? textField(value, 'arn') ?? textField(value, 'resourceName') ?? type;
  const configuration = configurationOf(value);
  if (/^ResourceDeleted/.test(textField(value, 'configurationItemStatus') ?? '')) {
    yield { type: 'left-out', as: 'not-in-force' };
  } else if (type === 'AWS::IAM::Policy') yield* versions(configuration, piece, name, value);
  else if (INLINE[type] !== undefined)
    yield* inline(listField(configuration, INLINE[type]), piece, name, value);
  else yield { type: 'left-out', as: holdsPolicy(value) ? 'not-watched' : 'no-policy', name: type };
}

/** Some commands print the configuration as text. */
function configurationOf(value: JsonTree): JsonTree | undefined {
  const configuration = field(value, 'configuration');
  return typeof configuration === 'string' ? parsedText(configuration) : configuration;
}

function* versions(
  configuration: JsonTree | undefined,
  piece: Piece,
  policy: string,
  within: JsonTree,
): Generator<Part> {
  const all = listField(configuration, 'policyVersionList');
  const documents = all.filter((version) => field(version, 'isDefaultVersion') !== false);
  if (documents.length === 0) yield unread(piece, policy, within);
  for (const version of documents) {
    const document = field(version, 'document');
    yield document === undefined
      ? unread(piece, policy, within)
      : documentPart(document, piece, { policy, within });
  }
}

function* inline(
  policies: readonly JsonTree[],
  piece: Piece,
  owner: string,
  within: JsonTree,
): Generator<Part> {
  if (policies.length === 0) yield { type: 'left-out', as: 'no-policy' };
  for (const each of policies) {
    const policy = `${owner} (${textField(each, 'policyName') ?? 'without a name'})`;
    const document = field(each, 'policyDocument');
    yield document === undefined
      ? unread(piece, policy, within)
      : documentPart(document, piece, { policy, owners: [owner], within });
  }
}

function unread(piece: Piece, policy: string, within: JsonTree): Part {
  return { type: 'unjudged', at: piece.at(within), policy, reason: 'The item does not hold the document.' };
}

function holdsPolicy(value: JsonTree): boolean {
  const supplementary = field(value, 'supplementaryConfiguration');
  return supplementary instanceof JsonObject && supplementary.entries.some(([key]) => /policy/i.test(key));
}

export const configReaders: readonly Reader[] = [items, item];
