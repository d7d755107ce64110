import { compileGlob, globCovers } from '../inspection/glob.ts';
import type { Requester } from './change.ts';
import { isIdentityCenterRole } from './identity-center.ts';

/** The ARNs of a requester, or patterns of them, by how much they prove. */
interface RequesterArns {
  /** Nobody could choose these; of a session, `*` stands for the name that its caller chose. */
  certain: string[];
  /** The caller chose a part of these. */
  chosen: string[];
}

/**
 * What a requester may be known by. A session is known by its role and, where an identity provider set it, by its
 * name. A name that the caller chose is no part of what is certain, so that an entry for one session does not let in
 * anybody who may assume the role.
 *
 * @param federatedRoles ARN patterns of roles whose session names an identity provider sets, beside Identity Center's
 */
export function arnsOf(requester: Requester, federatedRoles: readonly string[] = []): RequesterArns {
  const { type, arn, roleArn } = requester;
  const arns = [arn, roleArn].filter((each) => each !== undefined);
  const isSession = type === 'AssumedRole' || type === 'FederatedUser';
  if (!isSession || arn === undefined || isVouchedFor(requester, federatedRoles)) {
    return { certain: arns, chosen: [] };
  }
  const anySession = arn.replace(/\/[^/]*$/, '/*');
  return { certain: roleArn === undefined ? [anySession] : [roleArn, anySession], chosen: [arn] };
}

/** Types whose user names an identity provider sets. */
const FEDERATED_TYPES: readonly string[] = ['SAMLUser', 'WebIdentityUser', 'IdentityCenterUser'];

/** Whether an identity provider vouches for the name of the caller. */
export function isVouchedFor(
  { type, roleArn }: Pick<Requester, 'type' | 'roleArn'>,
  federatedRoles: readonly string[],
): boolean {
  if (FEDERATED_TYPES.includes(type)) return true;
  if (type !== 'AssumedRole' || roleArn === undefined) return false;
  return isIdentityCenterRole(roleArn) || federatedRoles.some((pattern) => covers(pattern, [roleArn]));
}

/** Whether a pattern matches all that one of these ARNs may be, letter by letter, with `*` and `?` as in IAM. */
export function covers(pattern: string, arns: readonly string[]): boolean {
  const glob = compileGlob(pattern);
  return arns.some((arn) => globCovers(glob, compileGlob(arn)));
}
