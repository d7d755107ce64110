import type { Requester } from '../../workflow/events/change.ts';
import { compileGlob, globCovers } from '../../workflow/inspection/glob.ts';
import type { RequesterMatch } from '../../workflow/ledger/request.ts';
import type { SlackProfile } from '../slack/api/slack-api.ts';
import { isMember } from './is-member.ts';
import type { RequesterEntry } from './requester-table.ts';

/** How a requester is found in Slack. */
export interface RequesterRules {
  table: readonly RequesterEntry[];
  /** What follows the `@` after an IAM user's name. */
  emailDomain: string | undefined;
  /** ARN patterns of roles whose session names an identity provider sets. */
  federatedRoles: readonly string[];
  teamId: string;
}

/** How certain a trace is: `claim` rests on a name that the caller chose. */
type Ground = Extract<RequesterMatch, { status: 'matched' }>['by'] | 'claim';

/** Where a requester leads to in Slack, before Slack has been asked. */
export type Trace =
  | { to: 'nobody'; why: string }
  | { to: 'user'; slackUserId: string; ground: Ground }
  | { to: 'email'; addresses: readonly string[]; ground: Ground };

/** What Slack said: the profile, nobody, or that it could not be asked. */
export type Found = SlackProfile | 'nobody' | 'unknown';

/**
 * Whom to look up for a requester. The table comes first, then an e-mail address that the caller could not choose,
 * then the name of an IAM user. Pure.
 */
export function traceRequester(requester: Requester, rules: RequesterRules): Trace {
  return traceByTable(requester, rules) ?? traceByName(requester, rules);
}

/**
 * What the look-ups of a trace say. Only one certain person is a match; whom a chosen name points to is a claim, which
 * keeps that person from deciding and proves nothing. Pure.
 *
 * @param found the answers, in the order of the addresses of the trace
 */
export function matchRequester(trace: Trace, found: readonly Found[], rules: RequesterRules): RequesterMatch {
  if (trace.to === 'nobody') return { status: 'unmatched', why: trace.why };
  const suspect = trace.to === 'user' ? { claims: trace.slackUserId } : {};
  if (found.includes('unknown')) return { status: 'unknown', why: 'Slack could not be asked', ...suspect };
  const profiles = found.filter((each) => typeof each === 'object');
  const [profile] = profiles;
  if (profile === undefined) return { status: 'unmatched', why: nobodyThere(trace) };
  if (profiles.some(({ id }) => id !== profile.id)) {
    return { status: 'unmatched', why: 'The names of the caller lead to more than one Slack user' };
  }
  const doubt = doubtAbout(profile, trace, rules);
  if (doubt !== undefined) return { status: 'unmatched', why: doubt };
  if (trace.ground !== 'claim') return { status: 'matched', slackUserId: profile.id, by: trace.ground };
  return { status: 'unmatched', why: provesNothing(trace), claims: profile.id };
}

/** How many different approvers a request needs: a requester whom nobody can name could be the one who approves. */
export function approvalsNeeded(match: RequesterMatch, required: number): number {
  return match.status === 'matched' ? required : Math.max(required, 2);
}

function traceByTable(requester: Requester, rules: RequesterRules): Trace | undefined {
  const { certain, chosen } = arnsOf(requester, rules);
  for (const [arns, ground] of [[certain, 'table'] as const, [chosen, 'claim'] as const]) {
    const users = new Set(
      rules.table.filter(({ pattern }) => covers(pattern, arns)).map(({ slackUserId }) => slackUserId),
    );
    if (users.size > 1)
      return { to: 'nobody', why: 'The table of requesters leads to more than one Slack user' };
    for (const slackUserId of users) return { to: 'user', slackUserId, ground };
  }
  return undefined;
}

/**
 * A session is known by its role and, where an identity provider set it, by its name. A name that the caller chose is
 * a star in what is certain: an entry that hangs on it could be met by anybody who may assume the role.
 */
function arnsOf(requester: Requester, rules: RequesterRules): { certain: string[]; chosen: string[] } {
  const { type, arn, roleArn } = requester;
  const arns = [arn, roleArn].filter((each) => each !== undefined);
  const isSession = type === 'AssumedRole' || type === 'FederatedUser';
  if (!isSession || arn === undefined || isVouchedFor(requester, rules)) return { certain: arns, chosen: [] };
  const anySession = arn.replace(/\/[^/]*$/, '/*');
  return { certain: roleArn === undefined ? [anySession] : [roleArn, anySession], chosen: [arn] };
}

/** Types whose user names an identity provider sets. */
const FEDERATED_TYPES: readonly string[] = ['SAMLUser', 'WebIdentityUser', 'IdentityCenterUser'];

/** Identity Center makes its roles under this path, where nobody else can make one. */
const IDENTITY_CENTER_PATH = /^arn:[\w-]+:iam::\d+:role\/aws-reserved\/sso\.amazonaws\.com\//;

/** Whether an identity provider vouches for the name of the caller. */
function isVouchedFor({ type, roleArn }: Requester, { federatedRoles }: RequesterRules): boolean {
  if (FEDERATED_TYPES.includes(type)) return true;
  if (type !== 'AssumedRole' || roleArn === undefined) return false;
  return IDENTITY_CENTER_PATH.test(roleArn) || federatedRoles.some((pattern) => covers(pattern, [roleArn]));
}

function traceByName(requester: Requester, rules: RequesterRules): Trace {
  if (requester.type === 'Root') return { to: 'nobody', why: 'Root of the account is nobody in Slack' };
  if (requester.type === 'IAMUser' && rules.emailDomain !== undefined) {
    return traceUserName(requester.names[0] ?? '', rules.emailDomain);
  }
  const addresses = [...new Set(requester.names.map((name) => name.toLowerCase()).filter(isAddress))];
  if (addresses.length === 0) return { to: 'nobody', why: noAddress(requester) };
  return { to: 'email', addresses, ground: isVouchedFor(requester, rules) ? 'email' : 'claim' };
}

/** An IAM user may be called by the whole address; one of another domain is nobody's. */
function traceUserName(userName: string, emailDomain: string): Trace {
  const address = (userName.includes('@') ? userName : `${userName}@${emailDomain}`).toLowerCase();
  if (isAddress(address) && address.endsWith(`@${emailDomain.toLowerCase()}`)) {
    return { to: 'email', addresses: [address], ground: 'user-name' };
  }
  return { to: 'nobody', why: `The user name ${userName} makes no address of ${emailDomain}` };
}

function isAddress(text: string): boolean {
  return /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(text);
}

function noAddress({ type, names }: Requester): string {
  const name = names[0];
  if (name === undefined) return 'The event does not name the caller';
  return `The ${type === 'AssumedRole' ? 'session' : 'user'} name ${name} is no e-mail address`;
}

function nobodyThere(trace: Exclude<Trace, { to: 'nobody' }>): string {
  if (trace.to === 'user')
    return `The table of requesters names ${trace.slackUserId}, whom Slack does not know`;
  return `No Slack user has the address ${trace.addresses.join(' or ')}`;
}

function provesNothing(trace: Exclude<Trace, { to: 'nobody' }>): string {
  const name = trace.to === 'user' ? 'that the table of requesters lists' : trace.addresses.join(' or ');
  return `The name ${name} could be chosen by the caller, so it proves nothing`;
}

/** Why somebody whom Slack knows is no match all the same. */
function doubtAbout(
  profile: SlackProfile,
  trace: Exclude<Trace, { to: 'nobody' }>,
  { teamId }: RequesterRules,
): string | undefined {
  const who = trace.to === 'user' ? trace.slackUserId : trace.addresses.join(' or ');
  if (!isMember(profile, teamId)) return `The Slack user for ${who} is no full member of the workspace`;
  if (trace.to === 'user' || trace.addresses.includes(profile.email?.toLowerCase() ?? '')) return undefined;
  return `The Slack user for ${who} has not confirmed that address`;
}

function covers(pattern: string, arns: readonly string[]): boolean {
  const glob = compileGlob(pattern);
  return arns.some((arn) => globCovers(glob, compileGlob(arn)));
}
