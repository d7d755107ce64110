import { ARN_PATTERN } from '../arn-pattern.ts';
import * as z from '../zod.ts';

/** What the values of settings have to look like; each says what is wrong in the words of whoever wrote it. */

/** Bounds: a callback may wait a year (Step Functions' limit for a task); a wait under a second cannot be kept. */
const YEAR_SECONDS = 31_536_000;

const wholeSeconds = z.pipe(
  z.string().check(z.regex(/^\d+$/, 'must be a whole number of seconds')),
  z.transform(Number),
);
const upToAYear = z.number().check(z.lte(YEAR_SECONDS, 'must be at most a year'));

export const seconds = (fallback: number) =>
  z._default(z.pipe(wholeSeconds, upToAYear.check(z.gte(1, 'must be at least 1 second'))), fallback);

/**
 * How long a request may wait. Two that follow one another (`ask-again`) wait in one execution, which lasts a year at
 * most and has to take the grant out before, and to put it back afterwards.
 */
export const LONGEST_WAIT_DAYS = 180;

export const waitingSeconds = (fallback: number) =>
  seconds(fallback).check(
    z.refine(
      (given) => given <= LONGEST_WAIT_DAYS * 86_400,
      `must be at most ${LONGEST_WAIT_DAYS} days: an execution of Step Functions lasts a year, and two requests may wait in it one after another`,
    ),
  );

export const secondsOrNone = (fallback: number) => z._default(z.pipe(wholeSeconds, upToAYear), fallback);

export const count = (fallback: number, max: number) =>
  z._default(
    z.pipe(
      z.pipe(z.string().check(z.regex(/^\d+$/, 'must be a whole number')), z.transform(Number)),
      z.number().check(z.gte(1, 'must be at least 1'), z.lte(max, `must be at most ${max}`)),
    ),
    fallback,
  );

/** @param values the first is the default */
export const oneOf = <const T extends readonly [string, string, ...string[]]>(values: T) =>
  z._default(
    z.enum(values, `must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}`),
    values[0] as z.util.NoUndefined<T[number]>,
  );

const trueOrFalse = z.enum(['true', 'false'], 'must be true or false');

export const yesOrNo = z.pipe(
  z._default(trueOrFalse, 'false'),
  z.transform((text) => text === 'true'),
);
export const yesUnlessNo = z.pipe(
  z._default(trueOrFalse, 'true'),
  z.transform((text) => text === 'true'),
);

export const arn = z.string().check(z.regex(/^arn:aws[a-z-]*:/, 'must be an ARN (arn:aws…)'));

export const url = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

/** Comma-separated. */
export const list = z.pipe(
  z.string(),
  z.transform((text) =>
    text
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== ''),
  ),
);

export const arnPattern = z
  .string()
  .check(
    z.regex(
      new RegExp(`^${ARN_PATTERN}$`),
      'must hold ARN patterns (arn:aws:iam::…:role/…), comma-separated',
    ),
  );

/** Slack user ids and user group ids, comma-separated. */
export const slackIds = z.pipe(
  list,
  z
    .array(
      z
        .string()
        .check(
          z.regex(
            /^[UWS][A-Z0-9]{2,}$/,
            'must hold user ids (U…, W…) and user group ids (S…), comma-separated',
          ),
        ),
    )
    .check(z.minLength(1, 'must name at least one user or user group')),
);

/** `123456789012=prod, …`. */
export const accountNames = z.pipe(
  list,
  z.array(
    z
      .string()
      .check(
        z.regex(
          /^\d{12}\s*=\s*\S.{0,39}$/,
          'must hold entries such as 123456789012=prod (names up to 40 characters), comma-separated',
        ),
      ),
  ),
);
