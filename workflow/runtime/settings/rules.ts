import * as z from 'zod';
import { ARN_PATTERN } from '../arn-pattern.ts';

/** What the values of settings have to look like; each says what is wrong in the words of whoever wrote it. */

/** Bounds: a callback may wait a year (Step Functions' limit for a task); a wait under a second cannot be kept. */
const YEAR_SECONDS = 31_536_000;

const wholeSeconds = z.string().regex(/^\d+$/, 'must be a whole number of seconds').transform(Number);
const upToAYear = z.number().max(YEAR_SECONDS, 'must be at most a year');

export const seconds = (fallback: number) =>
  wholeSeconds.pipe(upToAYear.min(1, 'must be at least 1 second')).default(fallback);

/**
 * How long a request may wait. Two that follow one another (`ask-again`) wait in one execution, which lasts a year at
 * most and has to take the grant out before, and to put it back afterwards.
 */
export const LONGEST_WAIT_DAYS = 180;

export const waitingSeconds = (fallback: number) =>
  seconds(fallback).refine(
    (given) => given <= LONGEST_WAIT_DAYS * 86_400,
    `must be at most ${LONGEST_WAIT_DAYS} days: an execution of Step Functions lasts a year, and two requests may wait in it one after another`,
  );

export const secondsOrNone = (fallback: number) => wholeSeconds.pipe(upToAYear).default(fallback);

export const count = (fallback: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .pipe(z.number().min(1, 'must be at least 1').max(max, `must be at most ${max}`))
    .default(fallback);

/** @param values the first is the default */
export const oneOf = <const T extends readonly [string, string, ...string[]]>(values: T) =>
  z
    .enum(values, `must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}`)
    .default(values[0] as z.util.NoUndefined<T[number]>);

const trueOrFalse = z.enum(['true', 'false'], 'must be true or false');

export const yesOrNo = trueOrFalse.default('false').transform((text) => text === 'true');
export const yesUnlessNo = trueOrFalse.default('true').transform((text) => text === 'true');

export const arn = z.string().regex(/^arn:aws[a-z-]*:/, 'must be an ARN (arn:aws…)');

export const url = z.url({ protocol: /^https?$/, error: 'must be an http or https address' });

/** Comma-separated. */
export const list = z.string().transform((text) =>
  text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== ''),
);

export const arnPattern = z
  .string()
  .regex(new RegExp(`^${ARN_PATTERN}$`), 'must hold ARN patterns (arn:aws:iam::…:role/…), comma-separated');

/** Slack user ids and user group ids, comma-separated. */
export const slackIds = list.pipe(
  z
    .array(
      z
        .string()
        .regex(/^[UWS][A-Z0-9]{2,}$/, 'must hold user ids (U…, W…) and user group ids (S…), comma-separated'),
    )
    .min(1, 'must name at least one user or user group'),
);

/** `123456789012=prod, …`. */
export const accountNames = list.pipe(
  z.array(
    z
      .string()
      .regex(
        /^\d{12}\s*=\s*\S.{0,39}$/,
        'must hold entries such as 123456789012=prod (names up to 40 characters), comma-separated',
      ),
  ),
);
