import { AwsError } from '../front-door/service.ts';
import type { Secret, SecretsState } from './state.ts';

/**
 * @param id a name, an ARN, or an ARN without its random ending
 * @throws AwsError `ResourceNotFoundException`
 */
export function findSecret(state: SecretsState, id: string): Secret {
  const secret =
    state.secrets.get(id) ??
    [...state.secrets.values()].find(({ arn }) => arn === id || arn.slice(0, -'-xxxxxx'.length) === id);
  if (secret !== undefined) return secret;
  throw new AwsError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
}

/** @throws AwsError `InvalidRequestException` for a secret that waits to be deleted, and those of findSecret */
export function findUsableSecret(state: SecretsState, id: string): Secret {
  const secret = findSecret(state, id);
  if (secret.deleteAt === undefined) return secret;
  throw new AwsError(
    'InvalidRequestException',
    "You can't perform this operation on the secret because it was marked for deletion.",
  );
}
