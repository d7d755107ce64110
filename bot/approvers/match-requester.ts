import type { RequesterMatch } from '../../workflow/ledger/request.ts';
import type { SlackProfile } from '../media/slack/api/slack-api.ts';
import { isMember } from './is-member.ts';
import type { RequesterRules, Trace } from './trace-requester.ts';

/** What Slack said: the profile, nobody, or that it could not be asked. */
export type Found = SlackProfile | 'nobody' | 'unknown';

/**
 * What the look-ups of a trace say. Only one certain person is a match; whom a chosen name points to is a claim, which
 * keeps that person from deciding and proves nothing. Pure.
 *
 * @param found the answers, in the order of the addresses of the trace
 */
export function matchRequester(trace: Trace, found: readonly Found[], rules: RequesterRules): RequesterMatch {
  if (trace.to === 'nobody') return { status: 'unmatched', why: trace.why };
  if (found.includes('unknown')) return withoutSlack(trace);
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

/** The table is the word of whoever runs the guard, and holds without Slack; an address is nobody until Slack says whose. */
function withoutSlack(trace: Exclude<Trace, { to: 'nobody' }>): RequesterMatch {
  if (trace.to === 'user' && trace.ground === 'table') {
    return { status: 'matched', slackUserId: trace.slackUserId, by: 'table' };
  }
  const suspect = trace.to === 'user' ? { claims: trace.slackUserId } : {};
  return { status: 'unknown', why: 'Slack could not be asked', ...suspect };
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
