import { isObject } from '../../workflow/runtime/is-object.ts';

/** What differs from account to account and from moment to moment, and what it has to look like. */
const BY_FIELD: Readonly<Record<string, (text: string) => string>> = {
  SecretAccessKey: (text) => `<secret of ${text.length} characters>`,
  Marker: () => '<more>',
  NextToken: () => '<more>',
  nextToken: () => '<more>',
};

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const ID_FIELDS = ['UserId', 'GroupId', 'RoleId', 'PolicyId', 'AccessKeyId'];
const UNIQUE_ID = /^(AIDA|AGPA|AROA|ANPA|AKIA)[A-Z0-9]{16,17}$/;
const JSON_FIELDS = ['definition', 'Policy', 'DeliveryPolicy', 'EffectiveDeliveryPolicy'];
const DOCUMENT_FIELDS = ['Document', 'PolicyDocument', 'AssumeRolePolicyDocument'];
const SECRET_ARN = /^(arn:aws:secretsmanager:.*:secret:.+)-[A-Za-z0-9]{6}$/;

/**
 * An answer without what is never the same twice. Lists are sorted, for AWS promises no order, and an empty one is as
 * good as none.
 */
export function normalise(value: unknown, field = ''): unknown {
  if (value instanceof Date) return '<time>';
  if (value instanceof Uint8Array) return `<bytes ${Buffer.from(value).toString('base64')}>`;
  if (typeof value === 'string') return text(value, field);
  if (Array.isArray(value)) return list(value, field);
  if (!isObject(value)) return value;
  const members = Object.entries(value).map(([key, member]) => [
    key.replace(UUID, '<uuid>'),
    normalise(member, key),
  ]);
  // In one order, by which lists can be sorted.
  return Object.fromEntries(members.filter(([, member]) => member !== undefined).sort());
}

function list(values: readonly unknown[], field: string): unknown {
  if (values.length === 0) return undefined;
  return values
    .map((value) => normalise(value, field))
    .sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

/** By what it is called, where it is called something, so that what belongs together meets. */
function key(value: unknown): string {
  const { Arn, VersionId } = isObject(value) ? value : {};
  return `${Arn ?? VersionId ?? ''} ${JSON.stringify(value)}`;
}

function text(value: string, field: string): unknown {
  if (ID_FIELDS.includes(field))
    return UNIQUE_ID.test(value) ? `<${value.slice(0, 4)}…>` : '<no such prefix>';
  if (DOCUMENT_FIELDS.includes(field)) return document(value);
  if (JSON_FIELDS.includes(field)) return JSON.parse(value || 'null');
  return BY_FIELD[field]?.(value) ?? value.replace(SECRET_ARN, '$1-<random>').replace(UUID, '<uuid>');
}

/** The text of a policy, apart from whether it comes URL-encoded. */
function document(value: string): object {
  const decoded = decodeURIComponent(value);
  return { encoded: decoded !== value, text: decoded };
}
