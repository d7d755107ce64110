import { plainLine } from './plain-line.ts';

/**
 * What people call an account, in a line that has to be short: `prod (…9012)`, or its id where neither ACCOUNT_NAMES
 * nor the account itself says more.
 *
 * @param names entries such as `123456789012=prod`
 * @param alias the account's own alias in IAM, where there is one
 */
export function accountName(accountId: string, names: readonly string[], alias?: string): string {
  const id = plainLine(accountId);
  return nameAndId(id, `…${id.slice(-4)}`, names, alias);
}

/** The same request, its account by name and whole id, for a medium that has room: `prod (123456789012)`. */
export function named<Described extends { account: string; accountAlias?: string }>(
  described: Described,
  names: readonly string[],
): Described {
  const id = plainLine(described.account);
  return { ...described, account: nameAndId(id, id, names, described.accountAlias) };
}

function nameAndId(id: string, shown: string, names: readonly string[], alias?: string): string {
  const entry = names.find(
    (each) => each.startsWith(id) && each.slice(id.length).trimStart().startsWith('='),
  );
  const name = entry === undefined ? alias : entry.slice(entry.indexOf('=') + 1);
  return name === undefined ? id : `${plainLine(name)} (${shown})`;
}
