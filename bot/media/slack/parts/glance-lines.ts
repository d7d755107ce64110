import type { Settings } from '../../../../workflow/runtime/settings/schema.ts';
import { accountName } from '../../wording/account-name.ts';
import type { DescribedRequest } from '../../wording/describe-request.ts';
import { reachLine, requesterLine } from '../../wording/glance.ts';
import { shorten } from '../../wording/plain-line.ts';
import { actions, button } from '../blocks/blocks.ts';
import { mention } from '../blocks/mentions.ts';
import { link, localMinute, plain } from '../blocks/mrkdwn.ts';
import type { Block } from '../blocks/types.ts';
import { ACTION } from '../identifiers.ts';
import { grantLines } from './grant-lines.ts';

/** Characters; what is longer is cut, and stands under Details in full. */
const SUBJECT = 32;
const PERSON = 60;
const NAME = 32;
const LINE = 160;

/** `app-deploy would be full administrator`; not escaped. */
export function verdictLine({ subject, verdict }: Pick<DescribedRequest, 'subject' | 'verdict'>): string {
  return `${shorten(subject, SUBJECT)} ${verdict}`;
}

/** The policy's name for a heading, which stays two lines on a phone. */
export function headingName({ policyName }: Pick<DescribedRequest, 'policyName'>): string {
  return plain(policyName, SUBJECT);
}

/** `HIGH · `, where there is a severity. */
export function severityMark({ severity }: Pick<DescribedRequest, 'severity'>): string {
  return severity === undefined ? '' : `${severity.toUpperCase()} · `;
}

/** `@Dana · new version v2 of app-deploy · prod (…9012) · 11:20, in force for 2 s`. */
export function changeLine(request: DescribedRequest, accountNames: Settings['ACCOUNT_NAMES']): string {
  const { who, kind, policyName, consoleUrl, account, accountAlias, when, inForce, approvals } = request;
  const person =
    approvals.requesterSlackId === undefined ? plain(who, PERSON) : mention(approvals.requesterSlackId);
  const lasted = inForce === undefined ? '' : `, in force for ${plain(inForce, 30)}`;
  return [
    person,
    `${plain(kind, NAME)} ${link(consoleUrl, shorten(policyName, NAME), NAME)}`,
    plain(accountName(account, accountNames, accountAlias), 50),
    `${localMinute(when)}${lasted}`,
  ].join(' · ');
}

/** Three lines at most. */
export function grantsPart(request: DescribedRequest): string {
  const grants = grantLines(request);
  return grants.length === 1 ? `*Grants* ${grants[0]}` : ['*Grants*', ...grants].join('\n• ');
}

export function reachPart(request: DescribedRequest): string {
  return `*Reaches* ${plain(reachLine(request), LINE)}`;
}

export function requesterPart(request: DescribedRequest): string {
  const named = request.approvals.requesterSlackId === undefined;
  return `*Requester* ${plain(requesterLine(request, named), LINE)}`;
}

/** What a request came to, for a message in which nothing is decided any more: in the order in which it was asked. */
export function recordLines(request: DescribedRequest, accountNames: Settings['ACCOUNT_NAMES']): string {
  return [
    `*${plain(`${severityMark(request)}${verdictLine(request)}`, LINE)}*`,
    changeLine(request, accountNames),
    grantsPart(request),
    // Whom an untouched grant serves is not read.
    ...(request.touched ? [reachPart(request)] : []),
    requesterPart(request),
  ].join('\n');
}

/** All else: the whole identity, each finding, what was before. */
export function detailsOnly({ requestId }: Pick<DescribedRequest, 'requestId'>): Block {
  return actions([button(ACTION.details, 'Details', { value: requestId })]);
}
