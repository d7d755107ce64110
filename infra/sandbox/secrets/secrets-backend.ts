import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { jsonOperation, text } from '../aws/parameters.ts';
import { AwsError, type Service } from '../aws/service.ts';
import { findSecret, findUsableSecret } from './find.ts';
import type { Secret, SecretsState } from './state.ts';
import { findVersion, putVersion, type SecretValue, stagesOf } from './versions.ts';

export interface SecretsBackend {
  readonly service: Service;
  /** Creates a secret. @returns its ARN @throws AwsError `ResourceExistsException` */
  addSecret(name: string, value: string): string;
}

export interface SecretsOptions {
  accountId: string;
  region: string;
  now: () => Date;
}

/** Secrets Manager of one account and region, in memory. */
export function createSecretsBackend(options: SecretsOptions): SecretsBackend {
  const state: SecretsState = { ...options, secrets: new Map() };
  return {
    service: { ...valueOperations(state), ...secretOperations(state) },
    addSecret: (name, value) => createSecret(state, { Name: name, SecretString: value, Tags: [] }).arn,
  };
}

const SecretId = text({ min: 1, max: 2048 });
const secretValue = {
  ClientRequestToken: text({ min: 32, max: 64 }).optional(),
  SecretString: text({ min: 1, max: 65_536 }).optional(),
  SecretBinary: text({ min: 1 }).optional(),
};

const createInput = z.object({
  Name: text({ min: 1, max: 512, pattern: '[\\w/+=.@-]+' }),
  Description: text({ max: 2048 }).optional(),
  Tags: z.array(z.object({ Key: text(), Value: text() })).default([]),
  ...secretValue,
});

/** What a secret holds. */
function valueOperations(state: SecretsState): Service {
  return {
    GetSecretValue: jsonOperation(
      z.object({ SecretId, VersionId: text().optional(), VersionStage: text().optional() }),
      (input) => {
        const secret = findUsableSecret(state, input.SecretId);
        const version = findVersion(secret, { id: input.VersionId, stage: input.VersionStage });
        return {
          ARN: secret.arn,
          Name: secret.name,
          VersionId: version.id,
          SecretString: version.text,
          SecretBinary: version.binary,
          VersionStages: [...version.stages],
          CreatedDate: version.createdAt,
        };
      },
    ),
    PutSecretValue: jsonOperation(z.object({ SecretId, ...secretValue }), (input) => {
      const secret = findUsableSecret(state, input.SecretId);
      if (!hasValue(input)) throw invalidParameter('You must provide either SecretString or SecretBinary.');
      const { id, stages } = putVersion(state, secret, requireOneValue(input));
      return { ...identify(secret), VersionId: id, VersionStages: [...stages] };
    }),
    UpdateSecret: jsonOperation(
      z.object({ SecretId, Description: text({ max: 2048 }).optional(), ...secretValue }),
      (input) => {
        const secret = findUsableSecret(state, input.SecretId);
        secret.description = input.Description ?? secret.description;
        secret.changedAt = state.now();
        if (!hasValue(input)) return identify(secret);
        return { ...identify(secret), VersionId: putVersion(state, secret, requireOneValue(input)).id };
      },
    ),
  };
}

/** Secrets themselves. */
function secretOperations(state: SecretsState): Service {
  return {
    CreateSecret: jsonOperation(createInput, (input) => {
      const secret = createSecret(state, input);
      return { ...identify(secret), VersionId: secret.versions[0]?.id };
    }),
    DescribeSecret: jsonOperation(z.object({ SecretId }), (input) => {
      const secret = findSecret(state, input.SecretId);
      return { ...describe(secret), VersionIdsToStages: stagesOf(secret) };
    }),
    ListSecrets: jsonOperation(z.object({}), () => ({
      SecretList: [...state.secrets.values()]
        .filter(({ deleteAt }) => deleteAt === undefined)
        .map((secret) => ({ ...describe(secret), SecretVersionsToStages: stagesOf(secret) })),
    })),
    DeleteSecret: jsonOperation(deleteInput, (input) => deleteSecret(state, input)),
  };
}

function createSecret(state: SecretsState, input: z.output<typeof createInput>): Secret {
  const name = input.Name;
  if (state.secrets.has(name)) {
    throw new AwsError(
      'ResourceExistsException',
      `The operation failed because the secret ${name} already exists.`,
    );
  }
  const ending = randomBytes(3).toString('hex');
  const secret: Secret = {
    name,
    arn: `arn:aws:secretsmanager:${state.region}:${state.accountId}:secret:${name}-${ending}`,
    description: input.Description,
    createdAt: state.now(),
    changedAt: state.now(),
    tags: input.Tags,
    versions: [],
  };
  if (hasValue(input)) putVersion(state, secret, requireOneValue(input));
  state.secrets.set(name, secret);
  return secret;
}

const DAY_MS = 24 * 60 * 60 * 1000;

const deleteInput = z.object({
  SecretId,
  RecoveryWindowInDays: z.number().min(7).max(30).default(30),
  ForceDeleteWithoutRecovery: z.boolean().default(false),
});

function deleteSecret(state: SecretsState, input: z.output<typeof deleteInput>): object {
  const secret = findUsableSecret(state, input.SecretId);
  const wait = input.ForceDeleteWithoutRecovery ? 0 : input.RecoveryWindowInDays * DAY_MS;
  secret.deleteAt = new Date(state.now().getTime() + wait);
  if (input.ForceDeleteWithoutRecovery) state.secrets.delete(secret.name);
  return { ...identify(secret), DeletionDate: secret.deleteAt };
}

function hasValue({ SecretString, SecretBinary }: SecretValue): boolean {
  return SecretString !== undefined || SecretBinary !== undefined;
}

function requireOneValue(value: SecretValue): SecretValue {
  if (value.SecretString === undefined || value.SecretBinary === undefined) return value;
  throw invalidParameter(
    "You can't specify both a binary secret value and a string secret value in the same secret.",
  );
}

function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

function identify({ arn, name }: Secret): { ARN: string; Name: string } {
  return { ARN: arn, Name: name };
}

function describe(secret: Secret): object {
  return {
    ...identify(secret),
    Description: secret.description,
    CreatedDate: secret.createdAt,
    LastChangedDate: secret.changedAt,
    DeletedDate: secret.deleteAt,
    Tags: secret.tags,
  };
}
