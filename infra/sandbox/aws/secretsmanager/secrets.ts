import { randomBytes } from 'node:crypto';
import * as z from '../../../../workflow/runtime/zod.ts';
import { jsonOperation, text } from '../front-door/parameters.ts';
import { AwsError, type Service } from '../front-door/service.ts';
import { findSecret, findUsableSecret } from './find.ts';
import {
  description,
  hasValue,
  invalidParameter,
  requireOneValue,
  SecretId,
  secretValue,
  tags,
} from './parameters.ts';
import { identify, type Secret, type SecretsState } from './state.ts';
import { putVersion, stagesOf } from './versions.ts';

const createInput = z.object({
  Name: text({ min: 1, max: 512, pattern: '[\\w/+=.@-]+' }),
  Description: description,
  Tags: tags,
  ...secretValue,
});

/** Secrets themselves: create, describe, list, delete. */
export function secretOperations(state: SecretsState): Service {
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
        .map((secret) => ({
          ...describe(secret),
          SecretVersionsToStages: secret.versions.length > 0 ? stagesOf(secret) : undefined,
        })),
    })),
    DeleteSecret: jsonOperation(deleteInput, (input) => deleteSecret(state, input)),
  };
}

/** @throws AwsError `ResourceExistsException` */
export function createSecret(state: SecretsState, input: z.output<typeof createInput>): Secret {
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
  RecoveryWindowInDays: z._default(z.number(), 30),
  ForceDeleteWithoutRecovery: z._default(z.boolean(), false),
});

function deleteSecret(state: SecretsState, input: z.output<typeof deleteInput>): object {
  const secret = findUsableSecret(state, input.SecretId);
  if (input.RecoveryWindowInDays < 7 || input.RecoveryWindowInDays > 30) {
    throw invalidParameter('RecoveryWindowInDays value must be between 7 and 30 days (inclusive).');
  }
  const wait = input.ForceDeleteWithoutRecovery ? 0 : input.RecoveryWindowInDays * DAY_MS;
  secret.deleteAt = new Date(state.now().getTime() + wait);
  if (input.ForceDeleteWithoutRecovery) state.secrets.delete(secret.name);
  return { ...identify(secret), DeletionDate: secret.deleteAt };
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
