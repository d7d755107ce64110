import type { Requester } from './change.ts';
import { permissionSetOf } from './identity-center.ts';

/** Roles that AWS makes for its own services, and nobody else can change. */
const OWNED = /^arn:[\w-]+:iam::\d+:role\/aws-(?:reserved|service-role)\//;
const SERVICE_ROLE = /^arn:[\w-]+:iam::\d+:role\/aws-service-role\//;

/** Whether AWS itself owns a role. @param arn with its path */
function isOwnedByAws(arn: string): boolean {
  return OWNED.test(arn);
}

/** Whether a change was made by one of AWS's services for itself. Nobody else can have a session of such a role. */
export function isAwsService({ type, roleArn }: Requester): boolean {
  return (
    type === 'AWSService' || (type === 'AssumedRole' && roleArn !== undefined && SERVICE_ROLE.test(roleArn))
  );
}

/**
 * Why a change is AWS's own: one of its services has changed a role of its own, which nobody else can.
 *
 * @param arn of the role that was changed, with its path, as IAM tells it; undefined when IAM does not
 * @returns one sentence that says where to change it; undefined when it is anybody else's change
 */
export function ownedByAws(requester: Requester, arn: string | undefined): string | undefined {
  if (arn === undefined || !isOwnedByAws(arn) || !isAwsService(requester)) return undefined;
  return `${whereToChange(arn)} AWS itself has changed its own role, which nobody else can.`;
}

/** One sentence. @param arn of a role that AWS owns */
function whereToChange(arn: string): string {
  const permissionSet = permissionSetOf(arn);
  if (permissionSet !== undefined) {
    return `Change it in IAM Identity Center: permission set ${permissionSet}.`;
  }
  return 'Change it in the AWS service that the role belongs to.';
}
