import { isObject } from '../runtime/is-object.ts';
import * as z from '../runtime/zod.ts';

const counted = z.object({ more: z.int().check(z.nonnegative()), fewer: z.int().check(z.nonnegative()) });

/** How many statements and actions one policy has that another has not. */
export const differenceSchema = z.object({ statements: counted, actions: counted });
export type Difference = z.infer<typeof differenceSchema>;

/**
 * Counts what two policies differ in: a help for whoever decides, by the statements as they are written.
 *
 * @returns undefined where one of them is not JSON
 */
export function countDifference(before: string, after: string): Difference | undefined {
  const [old, next] = [statementsOf(before), statementsOf(after)];
  if (old === undefined || next === undefined) return undefined;
  const texts = (statements: unknown[]) => statements.map((each) => JSON.stringify(each));
  return {
    statements: compare(texts(old), texts(next)),
    actions: compare(old.flatMap(actionsOf), next.flatMap(actionsOf)),
  };
}

function statementsOf(text: string): unknown[] | undefined {
  try {
    const policy: unknown = JSON.parse(text);
    return isObject(policy) ? [policy.Statement ?? []].flat() : [];
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function actionsOf(statement: unknown): string[] {
  if (!isObject(statement)) return [];
  return [statement.Action ?? [], statement.NotAction ?? []].flat(2).map(String);
}

function compare(old: readonly string[], next: readonly string[]): z.infer<typeof counted> {
  const missing = (some: readonly string[], others: readonly string[]) =>
    new Set(some.filter((text) => !others.includes(text))).size;
  return { more: missing(next, old), fewer: missing(old, next) };
}
