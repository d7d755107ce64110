import { randomUUID } from 'node:crypto';
import { AwsError } from '../front-door/service.ts';
import type { Secret, SecretsState, SecretVersion } from './state.ts';

const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

export interface SecretValue {
  SecretString?: string;
  SecretBinary?: string;
  /** Becomes the version's id; the same token with the same value is the same call again. */
  ClientRequestToken?: string;
}

/**
 * Adds a version and makes it the current one; what was current is the previous one now.
 * @throws AwsError `ResourceExistsException` when the token stands for another value already
 */
export function putVersion(state: SecretsState, secret: Secret, value: SecretValue): SecretVersion {
  const id = value.ClientRequestToken ?? randomUUID();
  const existing = secret.versions.find((version) => version.id === id);
  if (existing !== undefined) return requireSameValue(existing, value);
  const version: SecretVersion = {
    id,
    text: value.SecretString,
    binary: value.SecretBinary,
    createdAt: state.now(),
    stages: new Set([CURRENT]),
  };
  moveToPrevious(secret);
  secret.versions.push(version);
  secret.changedAt = version.createdAt;
  return version;
}

/** @throws AwsError `ResourceNotFoundException` */
export function findVersion(
  { versions }: Secret,
  { id, stage = id === undefined ? CURRENT : undefined }: { id?: string; stage?: string },
): SecretVersion {
  const version = versions.find(
    (candidate) =>
      (id === undefined || candidate.id === id) && (stage === undefined || candidate.stages.has(stage)),
  );
  if (version !== undefined) return version;
  const label = id === undefined ? `staging label: ${stage}` : `VersionId: ${id}`;
  throw new AwsError(
    'ResourceNotFoundException',
    `Secrets Manager can't find the specified secret value for ${label}`,
  );
}

/** Version id → stages, of the versions that have any. */
export function stagesOf({ versions }: Secret): Record<string, string[]> {
  return Object.fromEntries(
    versions.filter(({ stages }) => stages.size > 0).map(({ id, stages }) => [id, [...stages]]),
  );
}

function moveToPrevious({ versions }: Secret): void {
  const current = versions.find(({ stages }) => stages.has(CURRENT));
  if (current === undefined) return;
  for (const { stages } of versions) stages.delete(PREVIOUS);
  current.stages = new Set([PREVIOUS]);
}

function requireSameValue(existing: SecretVersion, value: SecretValue): SecretVersion {
  if (existing.text === value.SecretString && existing.binary === value.SecretBinary) return existing;
  throw new AwsError(
    'ResourceExistsException',
    `A resource with the ID you requested already exists: version ${existing.id} holds another value.`,
  );
}
