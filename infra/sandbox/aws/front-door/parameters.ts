import * as z from '../../../../workflow/runtime/zod.ts';
import { AwsError, type Caller, type Operation } from './service.ts';

interface TextLimits {
  min?: number;
  max?: number;
  /** Without anchors, as AWS writes it in its error messages. */
  pattern?: string;
}

/** A text parameter, refused in the words of AWS. */
export function text({ min, max, pattern }: TextLimits = {}) {
  let schema = z.string({ error: 'Member must not be null' });
  if (min !== undefined)
    schema = schema.check(z.minLength(min, `Member must have length greater than or equal to ${min}`));
  if (max !== undefined)
    schema = schema.check(z.maxLength(max, `Member must have length less than or equal to ${max}`));
  if (pattern !== undefined) {
    const message = `Member must satisfy regular expression pattern: ${pattern}`;
    schema = schema.check(z.regex(new RegExp(`^(?:${pattern})$`, 'u'), message));
  }
  return schema;
}

export function oneOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z.enum(values, { error: `Member must satisfy enum value set: [${values.join(', ')}]` });
}

/** The query protocol sends numbers and booleans as text. */
export function integer(min: number, max: number) {
  return z.pipe(
    z.pipe(z.string().check(z.regex(/^\d+$/, 'Member must be a number')), z.transform(Number)),
    z
      .number()
      .check(
        z.gte(min, `Member must have value greater than or equal to ${min}`),
        z.lte(max, `Member must have value less than or equal to ${max}`),
      ),
  );
}

export const flag = z.pipe(
  oneOf(['true', 'false']),
  z.transform((value) => value === 'true'),
);

/** A list; the query protocol sends an empty one as an empty text. */
export function list<T extends z.ZodMiniType>(member: T, max: number) {
  return z.pipe(
    z.transform((value: unknown) => (value === '' ? [] : value)),
    z.array(member).check(z.maxLength(max, `Member must have length less than or equal to ${max}`)),
  );
}

/** An operation of the query protocol whose input is read by a schema first. */
export function operation<T extends z.ZodMiniType>(
  schema: T,
  run: (parameters: z.output<T>, caller: Caller) => object,
): Operation {
  return (input, caller) => run(readParameters(schema, input), caller);
}

/** The same for the JSON protocol, which calls the error `ValidationException`. */
export function jsonOperation<T extends z.ZodMiniType>(
  schema: T,
  run: (parameters: z.output<T>, caller: Caller) => object,
): Operation {
  return (input, caller) => run(readParameters(schema, input, 'ValidationException'), caller);
}

/** @throws AwsError with the given code, naming every parameter that is wrong */
export function readParameters<T extends z.ZodMiniType>(
  schema: T,
  input: Record<string, unknown>,
  code = 'ValidationError',
): z.output<T> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new AwsError(code, validationMessage(result.error.issues, input));
}

function validationMessage(issues: z.core.$ZodIssue[], input: Record<string, unknown>): string {
  // Some rules of IAM have a sentence of their own.
  const sentence = issues.find(({ message }) => !message.startsWith('Member must'));
  if (sentence !== undefined) return sentence.message;
  const failures = issues.map(
    (issue) =>
      `Value${shown(valueAt(input, issue.path))} at '${parameterName(issue.path)}' failed to satisfy constraint: ${issue.message}`,
  );
  const count = failures.length === 1 ? '1 validation error' : `${failures.length} validation errors`;
  return `${count} detected: ${failures.join('; ')}`;
}

const LONGEST_SHOWN = 1000;

function shown(value: unknown): string {
  return typeof value === 'string' && value.length <= LONGEST_SHOWN ? ` '${value}'` : '';
}

function valueAt(input: unknown, path: PropertyKey[]): unknown {
  return path.reduce((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], input);
}

/** `Tags[0].Key` is `tags.1.member.key` in AWS's messages. */
function parameterName(path: PropertyKey[]): string {
  return path
    .map((key) => (typeof key === 'number' ? `${key + 1}.member` : lowerFirst(String(key))))
    .join('.');
}

export function lowerFirst(name: string): string {
  return name.charAt(0).toLowerCase() + name.slice(1);
}
