import * as z from 'zod';
import { text } from '../front-door/parameters.ts';
import { AwsError } from '../front-door/service.ts';
import type { SecretValue } from './versions.ts';

/** The parameters of Secrets Manager's operations, with the limits of its service model. */

export const SecretId = text({ min: 1, max: 2048 });
export const secretValue = {
  ClientRequestToken: text({ min: 32, max: 64 }).optional(),
  SecretString: text({ min: 1, max: 65_536 }).optional(),
  SecretBinary: text({ min: 1 }).optional(),
};

export const description = text({ max: 2048 }).optional();
export const tags = z.array(z.object({ Key: text(), Value: text() })).default([]);

/** Whether a call brings a value at all. */
export function hasValue({ SecretString, SecretBinary }: SecretValue): boolean {
  return SecretString !== undefined || SecretBinary !== undefined;
}

/** @throws AwsError `InvalidParameterException` when there is text as well as bytes */
export function requireOneValue(value: SecretValue): SecretValue {
  if (value.SecretString === undefined || value.SecretBinary === undefined) return value;
  throw invalidParameter(
    "You can't specify both a binary secret value and a string secret value in the same secret.",
  );
}

export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}
