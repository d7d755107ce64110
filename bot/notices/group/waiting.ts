import { SEVERITIES } from '../../../workflow/inspection/finding.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { context, section } from '../../media/slack/blocks/blocks.ts';
import { code, localTime } from '../../media/slack/blocks/mrkdwn.ts';
import type { Block } from '../../media/slack/blocks/types.ts';
import { countOf, type Moment, moment } from '../../media/wording/phrases.ts';
import { plainLine } from '../../media/wording/plain-line.ts';

/** What several requests that wait ask for, all of them together. */
export interface DescribedWaiting {
  /** Restricted actions, each once, the most severe first; at most 5. */
  granted: string[];
  moreGranted: number;
  /** Whether a request has more findings than are kept, so that `moreGranted` may be too low. */
  grantedOrMore: boolean;
  /** How many documents could not be read. */
  unreadable: number;
  firstExpires: Moment;
  /** How many approvers one of them needs, at least and at most. */
  needed: { least: number; most: number };
  /** How many have approvals already. */
  voted: number;
}

const MOST_GRANTED = 5;

/** @returns undefined when none waits */
export function describeWaiting(pending: readonly ApprovalRequest[]): DescribedWaiting | undefined {
  const [first] = pending.toSorted((one, other) => Date.parse(one.expiresAt) - Date.parse(other.expiresAt));
  if (first === undefined) return undefined;
  const granted = grantedBy(pending);
  const needed = pending.map(({ approvalsNeeded }) => approvalsNeeded);
  return {
    granted: granted.slice(0, MOST_GRANTED),
    moreGranted: Math.max(0, granted.length - MOST_GRANTED),
    grantedOrMore: pending.some(({ inspection }) => inspection.total > inspection.findings.length),
    unreadable: pending.filter(({ inspection }) => inspection.unreadable !== undefined).length,
    firstExpires: moment(first.expiresAt),
    needed: { least: Math.min(...needed), most: Math.max(...needed) },
    voted: pending.filter(({ votes }) => votes.length > 0).length,
  };
}

function grantedBy(requests: readonly ApprovalRequest[]): string[] {
  const findings = requests.flatMap(({ inspection }) => inspection.findings);
  const bySeverity = [...SEVERITIES, undefined].flatMap((severity) =>
    findings.filter((finding) => finding.severity === severity),
  );
  return [...new Set(bySeverity.map(({ restricted }) => plainLine(restricted)))];
}

/** What the requests of a group that wait ask for, at one glance; nothing once none waits. */
export function askedBlocks(asked: DescribedWaiting | undefined, moreWait: boolean): Block[] {
  if (asked === undefined) return [];
  return [
    section(
      [
        `*Grants:* ${grantedLine(asked)}`,
        `*First expires:* ${localTime(asked.firstExpires)}`,
        ...approvalsLine(asked),
      ].join('\n'),
    ),
    ...(moreWait ? [context('Others that wait beside these may grant more, and expire earlier.')] : []),
  ];
}

function grantedLine({ granted, moreGranted, grantedOrMore, unreadable }: DescribedWaiting): string {
  const orMore = grantedOrMore ? ' or more' : '';
  const rest = moreGranted > 0 ? ` and ${moreGranted}${orMore} more` : grantedOrMore ? ' and more' : '';
  const names = granted.length === 0 ? [] : [`${granted.map((name) => code(name, 150)).join(', ')}${rest}`];
  const unread = unreadable === 0 ? [] : [`${countOf(unreadable, 'document')} could not be read`];
  return [...names, ...unread].join(' · ');
}

/** Where one approval is enough there is nothing to tell. */
function approvalsLine({ needed: { least, most }, voted }: DescribedWaiting): string[] {
  if (most === 1) return [];
  const approvers = `${least === most ? most : `${least} to ${most}`} approvers`;
  return [`*Approvals:* each needs ${approvers} · ${voted} ${voted === 1 ? 'has' : 'have'} some already`];
}
