import type { CallingUser, Requester } from './change.ts';
import type { CloudTrailRecord, UserIdentity } from './cloudtrail-record.ts';
import { permissionSetOf } from './identity-center.ts';

interface Name {
  label: string;
  names: (string | undefined)[];
}

/** How each `userIdentity.type` is named. Source: AWS CloudTrail User Guide, "CloudTrail userIdentity element". */
const NAMERS: ReadonlyMap<string, (identity: UserIdentity) => Name> = new Map(
  Object.entries({
    IAMUser: (identity) => named(identity.userName ?? lastPart(identity.arn), 'IAM user'),
    AssumedRole: nameSession,
    Root: (identity) => ({ label: `root of account ${identity.accountId ?? 'unknown'}`, names: ['root'] }),
    AWSService: (identity) => named(identity.invokedBy ?? identity.principalId, 'AWS service'),
    FederatedUser: nameFederatedUser,
    SAMLUser: (identity) =>
      named(
        identity.userName ?? afterLastColon(identity.principalId),
        from('SAML', identity.identityProvider),
      ),
    WebIdentityUser: (identity) =>
      named(
        identity.userName ?? afterLastColon(identity.principalId),
        from('web identity', identity.identityProvider),
      ),
    IdentityCenterUser: (identity) =>
      named(identity.userName ?? identity.onBehalfOf?.userId ?? identity.principalId, 'Identity Center user'),
    AWSAccount: (identity) =>
      named(afterLastColon(identity.principalId), `account ${identity.accountId ?? 'unknown'}`),
  }),
);

/**
 * Who made the change, as a person would say it, for every identity type that CloudTrail knows and for those that
 * it does not know yet. Session names are chosen by the caller: escape the label wherever it is shown.
 */
export function describeRequester(
  record: Pick<
    CloudTrailRecord,
    'userIdentity' | 'sourceIPAddress' | 'userAgent' | 'sessionCredentialFromConsole'
  >,
): Requester {
  const identity = record.userIdentity ?? {};
  const type = identity.type ?? 'Unknown';
  const { label, names } = (NAMERS.get(type) ?? nameUnknown)(identity);
  const via = type === 'AWSService' ? undefined : identity.invokedBy;
  return {
    type: clip(type),
    label: clip(label),
    names: [...new Set(names.filter((name) => name !== undefined).map(clip))],
    ...(identity.arn && { arn: clip(identity.arn) }),
    ...roleOf(identity),
    ...callingUserOf(identity, record.sessionCredentialFromConsole === 'true'),
    ...(via && { via: clip(via) }),
    ...(record.sourceIPAddress && { sourceIp: clip(record.sourceIPAddress) }),
    ...(record.userAgent && { userAgent: clip(record.userAgent) }),
  };
}

/**
 * The longest ARN of a role has 620 bytes, the longest user agent of CloudTrail 1,024. Whoever starts an execution by
 * hand writes what they like, and many names of one change have to fit into one item of 400 KB.
 */
const LONGEST_BYTES = 1_024;

function clip(text: string): string {
  const bytes = Buffer.from(text);
  if (bytes.length <= LONGEST_BYTES) return text;
  return bytes
    .subarray(0, LONGEST_BYTES)
    .toString('utf8')
    .replace(/\uFFFD$/, '');
}

function roleOf({ type, sessionContext }: UserIdentity): Pick<Requester, 'roleArn'> {
  const issuer = sessionContext?.sessionIssuer;
  return type === 'AssumedRole' && issuer?.type === 'Role' && issuer.arn ? { roleArn: clip(issuer.arn) } : {};
}

/**
 * Of a federated user it is the one who let it in. The console that such a one opens was opened by a key, not by a
 * password: only a session of the user itself counts as one of the console.
 */
function callingUserOf(identity: UserIdentity, fromConsole: boolean): Pick<Requester, 'user'> {
  const { type, accessKeyId, sessionContext } = identity;
  const user = type === 'FederatedUser' ? sessionContext?.sessionIssuer : identity;
  const name = user?.type === 'IAMUser' ? (user.userName ?? lastPart(user.arn)) : undefined;
  if (name === undefined) return {};
  const { principalId } = user ?? {};
  const sessionSince = sessionContext?.attributes?.creationDate;
  const calling: CallingUser = {
    name: clip(name),
    ...(principalId && { id: clip(principalId) }),
    ...(accessKeyId && { accessKeyId: clip(accessKeyId) }),
    ...(sessionSince && { sessionSince }),
    ...(type === 'IAMUser' && fromConsole && { console: true }),
  };
  return { user: calling };
}

function nameSession(identity: UserIdentity): Name {
  const issuer = identity.sessionContext?.sessionIssuer;
  const [, roleInArn, sessionInArn] = identity.arn?.match(/:assumed-role\/([^/]+)(?:\/(.+))?$/) ?? [];
  const session = sessionInArn ?? sessionName(identity.principalId);
  const permissionSet = permissionSetOf(issuer?.arn);
  const role = lastPart(issuer?.arn) ?? roleInArn ?? issuer?.userName ?? 'unknown';
  const source = identity.sessionContext?.sourceIdentity;
  const how = permissionSet ? `Identity Center, permission set ${permissionSet}` : `role ${role}`;
  const { label, names } = session
    ? named(session, source ? `${how}, source identity ${source}` : how)
    : { label: how, names: [role] };
  return { label, names: [...names, source] };
}

function nameFederatedUser(identity: UserIdentity): Name {
  const issuer = identity.sessionContext?.sessionIssuer;
  const by = issuer?.type === 'Root' ? 'root' : issuer?.userName;
  const user = lastPart(identity.arn) ?? afterLastColon(identity.principalId);
  const { label, names } = named(user, by ? `federated by ${by}` : 'federated user');
  return { label, names: [...names, issuer?.userName] };
}

function nameUnknown(identity: UserIdentity): Name {
  const name = identity.userName ?? identity.arn ?? identity.principalId ?? identity.invokedBy;
  return named(name, identity.type ?? 'identity not given');
}

function named(name: string | undefined, how: string): Name {
  return { label: `${name ?? 'unknown'} (${how})`, names: [name] };
}

function from(how: string, provider: string | undefined): string {
  return provider ? `${how}, ${lastPart(provider)}` : how;
}

/** The last part of an ARN or path: `arn:aws:iam::123456789012:user/team/alice` → `alice`. */
function lastPart(arn: string | undefined): string | undefined {
  return arn?.split('/').at(-1);
}

function afterLastColon(principalId: string | undefined): string | undefined {
  return principalId?.split(':').at(-1);
}

/** `AROAEXAMPLE:session` → `session`; a principal id without a colon names no session. */
function sessionName(principalId: string | undefined): string | undefined {
  return principalId?.includes(':') ? principalId.slice(principalId.indexOf(':') + 1) : undefined;
}
