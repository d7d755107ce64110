import * as z from '../../workflow/runtime/zod.ts';

/** A policy has something that the evaluator does not know. It never guesses: a wrong answer would pass for a proof. */
export class UnknownPolicyError extends Error {
  override name = 'UnknownPolicyError';
}

/** A variable (`${aws:username}`) would need the values of a session; none of our policies has one. */
const text = z.string().check(z.refine((value) => !value.includes('${'), 'policy variables are not known'));
const texts = z.union([
  z.pipe(
    text,
    z.transform((value) => [value]),
  ),
  z.array(text).check(z.minLength(1)),
]);

const statementSchema = z
  .strictObject({
    Sid: z.optional(z.string()),
    Effect: z.enum(['Allow', 'Deny']),
    Action: z.optional(texts),
    NotAction: z.optional(texts),
    Resource: z.optional(texts),
    NotResource: z.optional(texts),
    /** Operator → key → values. */
    Condition: z._default(z.record(z.string(), z.record(z.string(), texts)), {}),
  })
  .check(
    z.refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined), {
      error: 'has to have either Action or NotAction',
    }),
    z.refine(({ Resource, NotResource }) => (Resource === undefined) !== (NotResource === undefined), {
      error: 'has to have either Resource or NotResource',
    }),
  );

const policySchema = z.strictObject({
  Version: z.literal('2012-10-17'),
  Id: z.optional(z.string()),
  Statement: z.union([
    z.pipe(
      statementSchema,
      z.transform((one) => [one]),
    ),
    z.array(statementSchema),
  ]),
});

/** One statement; single values have become lists. */
export type Statement = z.output<typeof statementSchema>;
/** An identity policy or a service control policy, as the evaluator takes it. */
export type Policy = z.output<typeof policySchema>;

/**
 * @param document a policy as JSON, parsed, with every ARN filled in
 * @throws UnknownPolicyError naming each element that is not known, or is no text (a reference of a template, say)
 */
export function readPolicy(document: unknown): Policy {
  const { success, data, error } = policySchema.safeParse(document);
  if (success) return data;
  throw new UnknownPolicyError(`The policy cannot be evaluated:\n${z.prettifyError(error)}`, {
    cause: error,
  });
}
