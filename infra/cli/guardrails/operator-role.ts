import { UsageError } from '../../command/run-command.ts';

/** Taken where none is named. */
export const DEFAULT_OPERATOR = 'PolicyGuardOperator';

const NAME = String.raw`[\w+=,.@-]+`;
const PLAIN = new RegExp(`^(?:${NAME}/)*${NAME}$`);
/** IAM Identity Center ends the names of its roles with 16 random characters, which change with the role. */
const RANDOM_END = '?'.repeat(16);
const IDENTITY_CENTER = new RegExp(
  `^aws-reserved/sso\\.amazonaws\\.com/(?:[\\w-]+/)?AWSReservedSSO_${NAME}_\\*$`,
);

/**
 * The ARN of the operator's role. It is exact, or anybody could make a role that fits; only under the path of IAM
 * Identity Center, where nobody else can make any, may the random end of the name be a star.
 *
 * @param written an ARN, or a name with or without its path, e.g. `PolicyGuardOperator`, `team/Operator`
 * @throws UsageError for a pattern, something that is no role, and a role of another account
 */
export function operatorRole(written: string, account: string, partition: string): string {
  const prefix = `arn:${partition}:iam::${account}:role/`;
  const name = written.startsWith(prefix) ? written.slice(prefix.length) : written.replace(/^\//, '');
  if (PLAIN.test(name)) return `${prefix}${name}`;
  // Not the star itself: it would also fit a permission set whose name only begins like this one's.
  if (IDENTITY_CENTER.test(name)) return `${prefix}${name.replace('*', RANDOM_END)}`;
  throw new UsageError(
    `--operator-role ${JSON.stringify(written)}: give the exact name or ARN of one role of the account ${account} ` +
      `(${prefix}…). A star may stand only for the random end of a role of IAM Identity Center: ` +
      'aws-reserved/sso.amazonaws.com/…/AWSReservedSSO_NAME_*.',
  );
}
