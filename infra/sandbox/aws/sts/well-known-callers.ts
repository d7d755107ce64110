import type { CallerState } from '../../api/contract.ts';
import type { Caller } from '../front-door/service.ts';
import { createGroup } from '../iam/groups.ts';
import { createRole } from '../iam/roles.ts';
import type { IamState, Role, User } from '../iam/state.ts';
import { createUser } from '../iam/users.ts';
import type { Callers, Credentials } from './callers.ts';

export interface WellKnownCaller extends CallerState {
  /** How scripts call it: `developer`, `margaret`, `deployer`, `dana`, `cloudformation` or `root`. */
  id: string;
  credentials: Credentials;
}

/** Access key ids that everybody can see are none of AWS: they end in EXAMPLE, as those of its documentation do. */
const DEVELOPER: Credentials = {
  accessKeyId: 'AKIADEVELOPEREXAMPLE',
  secretAccessKey: 'sandbox-secret-of-developer',
};
const MARGARET: Credentials = {
  accessKeyId: 'AKIAMARGARETXEXAMPLE',
  secretAccessKey: 'sandbox-secret-of-margaret',
};
const ROOT: Credentials = { accessKeyId: 'AKIAROOTUSERXEXAMPLE', secretAccessKey: 'sandbox-secret-of-root' };
const DEPLOYER = temporary('ASIADEPLOYERXEXAMPLE', 'deployer');
const DANA = temporary('ASIADANAADMINEXAMPLE', 'dana');
const CLOUDFORMATION = temporary('ASIACLOUDFORMEXAMPLE', 'cloudformation');

/**
 * Fills an empty account with the people and machines who make changes in the sandbox, one of each kind of identity,
 * and gives them access keys that stay the same from start to start. The first one is the default.
 */
export function addWellKnownCallers(iam: IamState, callers: Callers): WellKnownCaller[] {
  createGroup(iam, { name: 'developers' }).members.add(addUser(iam, 'developer', DEVELOPER));
  addUser(iam, 'margaret.hamilton', MARGARET);
  callers.addRootKey(ROOT);
  addRoleSessions(iam, callers);
  const known = (id: string, label: string, credentials: Credentials): WellKnownCaller => {
    const { accessKeyId, secretAccessKey, sessionToken } = credentials;
    const { caller } = callers.authenticate(accessKeyId, sessionToken);
    return { id, label, accessKeyId, secretAccessKey, arn: caller.arn, credentials };
  };
  return [
    known('developer', 'IAM user developer', DEVELOPER),
    known('margaret', 'IAM user margaret.hamilton', MARGARET),
    known('deployer', 'Role deployer, session ci-build-42', DEPLOYER),
    known('dana', 'dana@example.com through Identity Center', DANA),
    known('cloudformation', 'CloudFormation on someone’s behalf', CLOUDFORMATION),
    known('root', 'Root user of the account', ROOT),
  ];
}

const SSO_ID = '5c1e4b7a90d2f386';

function addRoleSessions(iam: IamState, callers: Callers): void {
  const provider = (kind: string) => ({ Federated: `arn:aws:iam::${iam.accountId}:${kind}` });
  const github = provider('oidc-provider/token.actions.githubusercontent.com');
  callers.addRoleSession({
    role: createRole(iam, { name: 'deployer', trustPolicy: trust('sts:AssumeRoleWithWebIdentity', github) }),
    sessionName: 'ci-build-42',
    credentials: DEPLOYER,
  });
  callers.addRoleSession({
    role: createRole(iam, {
      name: `AWSReservedSSO_AdministratorAccess_${SSO_ID}`,
      path: '/aws-reserved/sso.amazonaws.com/',
      trustPolicy: trust('sts:AssumeRoleWithSAML', provider(`saml-provider/AWSSSO_${SSO_ID}_DO_NOT_DELETE`)),
    }),
    sessionName: 'dana@example.com',
    credentials: DANA,
  });
  const cloudFormation = { Service: 'cloudformation.amazonaws.com' };
  callers.addRoleSession({
    role: createRole(iam, {
      name: 'cloudformation-execution',
      trustPolicy: trust('sts:AssumeRole', cloudFormation),
    }),
    sessionName: 'AWSCloudFormation',
    invokedBy: cloudFormation.Service,
    credentials: CLOUDFORMATION,
  });
}

/** A role for Lambda functions. */
export function addFunctionRole(iam: IamState, roleName: string): Role {
  const trustPolicy = trust('sts:AssumeRole', { Service: 'lambda.amazonaws.com' });
  return createRole(iam, { name: roleName, trustPolicy });
}

/** What a Lambda function finds in its environment: a session of its role that bears the function's name. */
export function functionSession(callers: Callers, role: Role, functionArn: string): Required<Credentials> {
  return callers.addRoleSession({ role, sessionName: functionArn.split(':').at(-1) ?? '', functionArn });
}

/** A service that calls with a role of its own, as EventBridge does to start executions. */
export function addServiceRole(iam: IamState, callers: Callers, roleName: string, service: string): Caller {
  const trustPolicy = trust('sts:AssumeRole', { Service: service });
  const role = createRole(iam, { name: roleName, trustPolicy });
  const { accessKeyId, sessionToken } = callers.addRoleSession({
    ...{ role, sessionName: roleName, invokedBy: service },
  });
  return callers.authenticate(accessKeyId, sessionToken).caller;
}

function addUser(iam: IamState, name: string, { accessKeyId, secretAccessKey }: Credentials): User {
  const user = createUser(iam, { name });
  user.accessKeys.push({ id: accessKeyId, secret: secretAccessKey, createdAt: iam.now() });
  return user;
}

function temporary(accessKeyId: string, name: string): Required<Credentials> {
  return {
    accessKeyId,
    secretAccessKey: `sandbox-secret-of-${name}`,
    sessionToken: `sandbox-session-of-${name}`,
  };
}

function trust(action: string, principal: Record<string, string>): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: principal, Action: action }],
  });
}
