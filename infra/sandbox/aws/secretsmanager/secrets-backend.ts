import type { Service } from '../front-door/service.ts';
import { createSecret, secretOperations } from './secrets.ts';
import type { SecretsState } from './state.ts';
import { valueOperations } from './values.ts';

export interface SecretsBackend {
  readonly service: Service;
  /** Creates a secret. @returns its ARN @throws AwsError `ResourceExistsException` */
  addSecret(name: string, value: string): string;
}

interface SecretsOptions {
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
