import * as z from '../../../../workflow/runtime/zod.ts';
import { jsonOperation, text } from '../front-door/parameters.ts';
import { AwsError, type Service } from '../front-door/service.ts';
import { findUsableSecret } from './find.ts';
import { description, hasValue, requireOneValue, SecretId, secretValue } from './parameters.ts';
import { identify, type SecretsState } from './state.ts';
import { findVersion, putVersion } from './versions.ts';

const getInput = z.object({ SecretId, VersionId: z.optional(text()), VersionStage: z.optional(text()) });
const putInput = z.object({ SecretId, ...secretValue });
const updateInput = z.extend(putInput, { Description: description });

/** What secrets hold: GetSecretValue, PutSecretValue, UpdateSecret. */
export function valueOperations(state: SecretsState): Service {
  return {
    GetSecretValue: jsonOperation(getInput, (input) => getValue(state, input)),
    PutSecretValue: jsonOperation(putInput, (input) => {
      const secret = findUsableSecret(state, input.SecretId);
      if (!hasValue(input)) {
        throw new AwsError(
          'InvalidRequestException',
          'You must provide either SecretString or SecretBinary.',
        );
      }
      const { id, stages } = putVersion(state, secret, requireOneValue(input));
      return { ...identify(secret), VersionId: id, VersionStages: [...stages] };
    }),
    UpdateSecret: jsonOperation(updateInput, (input) => {
      const secret = findUsableSecret(state, input.SecretId);
      secret.description = input.Description ?? secret.description;
      secret.changedAt = state.now();
      if (!hasValue(input)) return identify(secret);
      return { ...identify(secret), VersionId: putVersion(state, secret, requireOneValue(input)).id };
    }),
  };
}

function getValue(state: SecretsState, input: z.output<typeof getInput>): object {
  const secret = findUsableSecret(state, input.SecretId);
  const version = findVersion(secret, { id: input.VersionId, stage: input.VersionStage });
  return {
    ...identify(secret),
    VersionId: version.id,
    SecretString: version.text,
    SecretBinary: version.binary,
    VersionStages: [...version.stages],
    CreatedDate: version.createdAt,
  };
}
