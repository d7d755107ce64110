import type { Entity, Target } from './change.ts';
import type { CloudTrailRecord } from './cloudtrail-record.ts';
import { readField } from './read-field.ts';

/** An inline policy as IAM lists it. */
export interface InlinePolicy {
  entityName: string;
  policyName: string;
  document: string;
}

/** The version of a customer managed policy that is in force. */
export interface DefaultVersion {
  policyArn: string;
  versionId: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  document: string;
}

/** What to look for in IAM, when an event does not name what was changed. */
export type PaddedSearch =
  | { type: 'inline'; entity: Entity }
  | { type: 'version'; versionId: string; createdAt: number; toleranceMs: number };

/** What may be what the event is about. */
export interface Candidate {
  /** For people. */
  label: string;
  document: string;
  /** What CloudTrail left out, under the names that it uses. */
  names: Record<string, string>;
}

/**
 * CloudTrail leaves request parameters of more than 100 KB out. Without white space no inline policy has more than
 * 10,240 characters, so only a document filled up with white space is near that size; names take some of it too.
 */
const PADDED_BYTES = 90_000;

const INLINE: Readonly<Record<string, Entity>> = {
  PutUserPolicy: 'user',
  PutGroupPolicy: 'group',
  PutRolePolicy: 'role',
};

/** The calls whose event may not name a target, because its document was padded. */
export function paddedCalls(target: Target): string[] {
  switch (target.type) {
    case 'managed-policy':
      return ['CreatePolicyVersion'];
    case 'inline-policy':
      return Object.keys(INLINE).filter((call) => INLINE[call] === target.entity);
    case 'attachment':
      return [];
  }
}

/** @returns undefined when the event holds its parameters, or IAM could not tell what they were */
export function paddedSearch(record: CloudTrailRecord): PaddedSearch | undefined {
  if (record.requestParameters?.omitted === undefined) return undefined;
  const entity = INLINE[record.eventName];
  if (entity !== undefined) return { type: 'inline', entity };
  const versionId = readField(record, 'responseElements', 'policyVersion', 'versionId');
  if (record.eventName !== 'CreatePolicyVersion' || typeof versionId !== 'string') return undefined;
  const created = parseDate(readField(record, 'responseElements', 'policyVersion', 'createDate'));
  return created === undefined
    ? { type: 'version', versionId, createdAt: Date.parse(record.eventTime), toleranceMs: 5_000 }
    : { type: 'version', versionId, createdAt: created, toleranceMs: 2_000 };
}

/** The inline policies that are large enough to be what CloudTrail left out. */
export function paddedPolicies(entity: Entity, policies: readonly InlinePolicy[]): Candidate[] {
  return policies
    .filter(({ document }) => Buffer.byteLength(JSON.stringify(document)) > PADDED_BYTES)
    .map(({ entityName, policyName, document }) => ({
      label: `${policyName} of ${entity} ${entityName}`,
      document,
      names: { [`${entity}Name`]: entityName, policyName },
    }));
}

/** The versions in force that have the id, and were created at the time, that the event tells. */
export function versionsCreated(
  { versionId, createdAt, toleranceMs }: Extract<PaddedSearch, { type: 'version' }>,
  versions: readonly DefaultVersion[],
): Candidate[] {
  return versions
    .filter((version) => version.versionId === versionId)
    .filter((version) => Math.abs(Date.parse(version.createdAt) - createdAt) <= toleranceMs)
    .map(({ policyArn, document }) => ({
      label: `${versionId} of ${policyArn}`,
      document,
      names: { policyArn },
    }));
}

/** The one that the change is about: a harmless policy beside a restricted one is not what has to be found. */
export function chooseCandidate(
  candidates: readonly Candidate[],
  isRestricted: (document: string) => boolean,
): Candidate | undefined {
  const restricted = candidates.filter(({ document }) => isRestricted(document));
  const left = restricted.length > 0 ? restricted : candidates;
  return left.length === 1 ? left[0] : undefined;
}

/** The record, naming what was changed; that its document is missing stays as it is. */
export function namingTarget(
  record: CloudTrailRecord,
  { names }: Pick<Candidate, 'names'>,
): CloudTrailRecord {
  return { ...record, requestParameters: { ...record.requestParameters, ...names } };
}

/** CloudTrail writes `Mar 2, 2026, 9:15:00 AM`, in UTC, and at times a narrow space before AM; or ISO 8601. */
function parseDate(written: unknown): number | undefined {
  if (typeof written !== 'string') return undefined;
  const zoned = /[AP]M$/i.test(written) ? `${written.replace(/\s/g, ' ')} UTC` : written;
  const time = Date.parse(zoned);
  return Number.isNaN(time) ? undefined : time;
}
