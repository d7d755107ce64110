import { plainLine } from './plain-line.ts';

/**
 * What people call an account: `prod (…9012)`, or its id where ACCOUNT_NAMES does not know it.
 *
 * @param names entries such as `123456789012=prod`
 */
export function accountName(accountId: string, names: readonly string[]): string {
  const id = plainLine(accountId);
  const entry = names.find(
    (each) => each.startsWith(id) && each.slice(id.length).trimStart().startsWith('='),
  );
  if (entry === undefined) return id;
  return `${plainLine(entry.slice(entry.indexOf('=') + 1))} (…${id.slice(-4)})`;
}
