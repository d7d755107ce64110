/** Identity Center makes its roles under this path, where nobody else can make one. */
const ROLE =
  /^arn:[\w-]+:iam::\d+:role\/aws-reserved\/sso\.amazonaws\.com\/(?:[^/]+\/)?(?:AWSReservedSSO_(.+)_[0-9a-f]+$)?/;

/** Whether a role is one of Identity Center's. @param roleArn with its path */
export function isIdentityCenterRole(roleArn: string): boolean {
  return ROLE.test(roleArn);
}

/** The permission set behind a role of Identity Center. @returns undefined for any other role */
export function permissionSetOf(roleArn: string | undefined): string | undefined {
  return roleArn === undefined ? undefined : ROLE.exec(roleArn)?.[1];
}
