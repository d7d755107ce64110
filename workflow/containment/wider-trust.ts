import { isDeepStrictEqual } from 'node:util';

/**
 * Whether a trust policy may let others in than an earlier one: a statement is new or changed, or one that keeps
 * somebody out is gone. What cannot be read lets anybody in.
 */
export function isWiderTrust(before: string, now: string): boolean {
  if (before === now) return false;
  const [old, current] = [statementsOf(before), statementsOf(now)];
  if (old === undefined || current === undefined) return true;
  const isNew = current.some((statement) => !isDeny(statement) && !includes(old, statement));
  const isOpened = old.some((statement) => isDeny(statement) && !includes(current, statement));
  return isNew || isOpened;
}

function statementsOf(document: string): unknown[] | undefined {
  try {
    const { Statement: statement } = JSON.parse(document) as { Statement?: unknown };
    return statement === undefined ? undefined : [statement].flat();
  } catch {
    return undefined;
  }
}

function isDeny(statement: unknown): boolean {
  return (statement as { Effect?: unknown } | null)?.Effect === 'Deny';
}

function includes(statements: readonly unknown[], statement: unknown): boolean {
  return statements.some((other) => isDeepStrictEqual(other, statement));
}
