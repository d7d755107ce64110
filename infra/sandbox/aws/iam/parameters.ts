import * as z from '../../../../workflow/runtime/zod.ts';
import { integer, list, text } from '../front-door/parameters.ts';
import { invalidInput } from './errors.ts';

/** The parameters of IAM's operations, with the limits of its service model. */

const NAME = /^[\w+=,.@-]+$/;

/** @param parameter how AWS's message calls it, e.g. `policyName` */
export function entityName(parameter: string, longest: number) {
  return text({ min: 1, max: longest }).check(
    z.regex(
      NAME,
      `The specified value for ${parameter} is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-`,
    ),
  );
}

export const policyName = entityName('policyName', 128);
export const policyArn = text({ min: 20, max: 2048 });
export const versionId = text({ pattern: 'v[1-9][0-9]*(\\.[A-Za-z0-9-]*)?' });
export const policyDocument = text({
  min: 1,
  max: 131_072,
  pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+',
});

const pathMessage =
  'The specified value for path is invalid. It must begin and end with / and contain only alphanumeric characters and/or / characters.';

const anyPath = text({ min: 1, max: 512 }).check(z.regex(/^\/$|^\/[\u0021-\u007E]+\/$/, pathMessage));
export const path = z._default(anyPath, '/');
export const newPath = z.optional(anyPath);
export const policyPath = z._default(
  text({ min: 1, max: 512 }).check(z.regex(/^((\/[A-Za-z0-9.,+@=_-]+)*)\/$/, pathMessage)),
  '/',
);
export const pathPrefix = z._default(text({ min: 1, max: 512, pattern: '\\u002F[\\u0021-\\u007F]*' }), '/');

const tagPattern = '[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]';

export const tags = z.pipe(
  z._default(
    list(
      z.object({
        Key: text({ min: 1, max: 128, pattern: `${tagPattern}+` }),
        Value: text({ max: 256, pattern: `${tagPattern}*` }),
      }),
      50,
    ),
    [],
  ),
  z.transform((given) => {
    const keys = new Set(given.map(({ Key }) => Key.toLowerCase()));
    if (keys.size === given.length) return given;
    throw invalidInput('Duplicate tag keys found. Please note that Tag keys are case insensitive.');
  }),
);

/** What every paginated operation takes. */
export const page = {
  Marker: z.optional(text({ min: 1, max: 320 })),
  MaxItems: z._default(integer(1, 1000), 100),
};
