import { markedSecret } from '../../marked-secret.ts';
import type { Authenticated, KeyHolders } from '../front-door/authenticate.ts';
import { AwsError, type Caller } from '../front-door/service.ts';
import type { IamState, Role, User } from '../iam/state.ts';
import { uniqueId } from '../iam/unique-id.ts';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Temporary credentials have one, and are refused without it. */
  sessionToken?: string;
}

interface RoleSession {
  role: Role;
  sessionName: string;
  /** The service that calls on someone's behalf, e.g. `cloudformation.amazonaws.com`. */
  invokedBy?: string;
  /** The Lambda function that the session is of. */
  functionArn?: string;
  credentials?: Required<Credentials>;
}

export interface Callers extends KeyHolders {
  /** Starts a session of a role, as AssumeRole would; gives it new credentials unless some are given. */
  addRoleSession(session: RoleSession): Required<Credentials>;
  /** Gives the account's root user an access key. */
  addRootKey(credentials: Credentials): void;
}

/** Tells by the access key who is calling. Keys of users are those that IAM holds. */
export function createCallers(iam: IamState): Callers {
  const sessions = new Map<string, Authenticated & { sessionToken?: string }>();
  return {
    addRoleSession(session) {
      const credentials = session.credentials ?? temporaryCredentials();
      const caller = roleSessionCaller(iam, session, credentials.accessKeyId);
      sessions.set(credentials.accessKeyId, { ...credentials, caller });
      return credentials;
    },
    addRootKey(credentials) {
      sessions.set(credentials.accessKeyId, {
        ...credentials,
        caller: rootCaller(iam, credentials.accessKeyId),
      });
    },
    authenticate(accessKeyId, sessionToken) {
      const known = sessions.get(accessKeyId) ?? userWithKey(iam, accessKeyId);
      if (known === undefined || known.sessionToken !== sessionToken) {
        throw new AwsError(
          'InvalidClientTokenId',
          'The security token included in the request is invalid.',
          403,
        );
      }
      return { caller: known.caller, secretAccessKey: known.secretAccessKey };
    },
  };
}

function temporaryCredentials(): Required<Credentials> {
  return {
    accessKeyId: uniqueId('ASIA'),
    secretAccessKey: markedSecret(40),
    sessionToken: markedSecret(128),
  };
}

function userWithKey(
  iam: IamState,
  accessKeyId: string,
): (Authenticated & { sessionToken?: string }) | undefined {
  for (const user of iam.users.values()) {
    const key = user.accessKeys.find(({ id }) => id === accessKeyId);
    if (key !== undefined) return { caller: userCaller(iam, user, accessKeyId), secretAccessKey: key.secret };
  }
  return undefined;
}

function userCaller({ accountId }: IamState, { name, id, arn }: User, accessKeyId: string): Caller {
  return {
    accessKeyId,
    accountId,
    arn,
    userId: id,
    userIdentity: { type: 'IAMUser', principalId: id, arn, accountId, accessKeyId, userName: name },
  };
}

function rootCaller({ accountId }: IamState, accessKeyId: string): Caller {
  const arn = `arn:aws:iam::${accountId}:root`;
  return {
    accessKeyId,
    accountId,
    arn,
    userId: accountId,
    userIdentity: { type: 'Root', principalId: accountId, arn, accountId, accessKeyId },
  };
}

function roleSessionCaller({ accountId, now }: IamState, session: RoleSession, accessKeyId: string): Caller {
  const { role, sessionName, invokedBy, functionArn } = session;
  const arn = `arn:aws:sts::${accountId}:assumed-role/${role.name}/${sessionName}`;
  const userId = `${role.id}:${sessionName}`;
  return {
    accessKeyId,
    accountId,
    arn,
    userId,
    ...(functionArn !== undefined && { sourceFunctionArn: functionArn }),
    userIdentity: {
      type: 'AssumedRole',
      principalId: userId,
      arn,
      accountId,
      accessKeyId,
      sessionContext: {
        sessionIssuer: { type: 'Role', principalId: role.id, arn: role.arn, accountId, userName: role.name },
        attributes: {
          creationDate: now()
            .toISOString()
            .replace(/\.\d+Z$/, 'Z'),
          mfaAuthenticated: 'false',
        },
      },
      ...(invokedBy !== undefined && { invokedBy }),
    },
  };
}
