import { plainLine } from './plain-line.ts';

/**
 * What people call an account: `prod (…9012)`, or its id where neither ACCOUNT_NAMES nor the account itself says more.
 *
 * @param names entries such as `123456789012=prod`
 * @param alias the account's own alias in IAM, where there is one
 */
export function accountName(accountId: string, names: readonly string[], alias?: string): string {
  const id = plainLine(accountId);
  const entry = names.find(
    (each) => each.startsWith(id) && each.slice(id.length).trimStart().startsWith('='),
  );
  const name = entry === undefined ? alias : entry.slice(entry.indexOf('=') + 1);
  return name === undefined ? id : `${plainLine(name)} (…${id.slice(-4)})`;
}

/** The same request, its account by name: for a medium that has the whole id elsewhere, or no use for it. */
export function named<Described extends { account: string; accountAlias?: string }>(
  described: Described,
  names: readonly string[],
): Described {
  return { ...described, account: accountName(described.account, names, described.accountAlias) };
}
