import * as z from '../../../../workflow/runtime/zod.ts';
import { text } from '../front-door/parameters.ts';
import { AwsError } from '../front-door/service.ts';
import type { SecretValue } from './versions.ts';

/** The parameters of Secrets Manager's operations, with the limits of its service model. */

export const SecretId = text({ min: 1, max: 2048 });
export const secretValue = {
  ClientRequestToken: z.optional(text({ min: 32, max: 64 })),
  SecretString: z.optional(text({ min: 1, max: 65_536 })),
  SecretBinary: z.optional(text({ min: 1 })),
};

export const description = z.optional(text({ max: 2048 }));
export const tags = z._default(z.array(z.object({ Key: text(), Value: text() })), []);

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
