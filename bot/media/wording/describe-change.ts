import type { Change, Target } from '../../../workflow/events/change.ts';
import type { InspectionSummary } from '../../../workflow/inspection/summarise.ts';
import { eventConsoleUrl, policyConsoleUrl } from './console-url.ts';
import { administratorWords } from './describe-verdict.ts';
import { enumerate, type Moment, moment } from './phrases.ts';
import { plainLine } from './plain-line.ts';

/**
 * One change in words, for every medium. All strings are single lines without control or invisible characters, but
 * not escaped and not cut to any length: that is the renderer's part.
 */
export interface DescribedChange {
  /** `dana@example.com created the policy cleanup, which grants s3:DeleteBucket`. */
  title: string;
  /** The same without what it grants: `dana@example.com created the policy cleanup`. */
  deed: string;
  /** Who made the change, as a person reads it. */
  who: string;
  /** The event in CloudTrail's history, which tells all that AWS knows of them. */
  whoUrl: string;
  /** The rest that CloudTrail knows of the caller: service, address, program. */
  whoDetails: { label: string; value: string }[];
  /** `my-bad-policy, version v1`, `inline policy cleanup on role deployer`, `AdministratorAccess on user alice`. */
  policy: string;
  /** The policy's name alone. */
  policyName: string;
  /** Of what a verdict speaks: the policy's name, or who holds it: `my-bad-policy`, `role deployer`. */
  subject: string;
  /** What was done, without its name: `new policy`, `new version v2`, `inline policy on role deployer`. */
  kind: string;
  /** Missing for inline policies, which have none. */
  policyArn?: string;
  account: string;
  when: Moment;
  /** The policy's page in the AWS console. */
  consoleUrl: string;
}

/** What was done to the policy that is named after it. */
const DID: Readonly<Record<string, string>> = {
  CreatePolicy: 'created the policy',
  CreatePolicyVersion: 'put a new version in force of the policy',
  SetDefaultPolicyVersion: 'put another version in force of the policy',
  PutUserPolicy: 'wrote the inline policy',
  PutGroupPolicy: 'wrote the inline policy',
  PutRolePolicy: 'wrote the inline policy',
  AttachUserPolicy: 'attached the policy',
  AttachGroupPolicy: 'attached the policy',
  AttachRolePolicy: 'attached the policy',
};

/** @param inspection what was found in the document; without it the title says only what was done */
export function describeChange(change: Change, inspection?: InspectionSummary): DescribedChange {
  const { requester, target } = change;
  const who = plainLine(requester.label);
  const did = DID[change.eventName] ?? `made the change ${plainLine(change.eventName)} to`;
  const deed = `${who} ${did} ${policyName(target)}${holderOf(change)}`;
  return {
    title: [deed, inspection && whatItGrants(inspection)].filter(Boolean).join(''),
    deed,
    who,
    whoUrl: eventConsoleUrl(change),
    whoDetails: whoDetails(change),
    policy: policyPhrase(change),
    policyName: policyName(target),
    subject: target.type === 'managed-policy' ? policyName(target) : heldBy(target, change),
    kind: kindOf(change),
    ...(target.type === 'inline-policy' ? {} : { policyArn: plainLine(target.policyArn) }),
    account: plainLine(change.accountId),
    when: moment(change.eventTime),
    consoleUrl: policyConsoleUrl(change),
  };
}

export function policyName(target: Target): string {
  if (target.type === 'inline-policy') return plainLine(target.policyName);
  return plainLine(target.policyArn.slice(target.policyArn.lastIndexOf('/') + 1));
}

/** `role deployer`. */
export function entityPhrase(target: Exclude<Target, { type: 'managed-policy' }>): string {
  return `${target.entity} ${plainLine(target.entityName)}`;
}

/** With the name that the event tells, where it is another one: `user bob (alice in the event)`. */
function heldBy(target: Exclude<Target, { type: 'managed-policy' }>, { holder }: Change): string {
  const named = holder?.named;
  return `${entityPhrase(target)}${named === undefined ? '' : ` (${plainLine(named)} in the event)`}`;
}

function holderOf(change: Change): string {
  const { target } = change;
  switch (target.type) {
    case 'managed-policy':
      return '';
    case 'inline-policy':
      return ` on ${heldBy(target, change)}`;
    case 'attachment':
      return ` to ${heldBy(target, change)}`;
  }
}

function policyPhrase(change: Change): string {
  const { target } = change;
  switch (target.type) {
    case 'managed-policy':
      return `${policyName(target)}, version ${plainLine(target.versionId)}`;
    case 'inline-policy':
      return `inline policy ${policyName(target)} on ${heldBy(target, change)}`;
    case 'attachment':
      return `${policyName(target)} on ${heldBy(target, change)}`;
  }
}

const KIND_OF_VERSION: Readonly<Record<string, string>> = {
  CreatePolicyVersion: 'new version',
  SetDefaultPolicyVersion: 'put in force: version',
};

function kindOf(change: Change): string {
  const { eventName, target } = change;
  if (target.type === 'inline-policy') return `inline policy on ${heldBy(target, change)}`;
  if (target.type === 'attachment') return `attached to ${heldBy(target, change)}`;
  if (eventName === 'CreatePolicy') return 'new policy';
  return `${KIND_OF_VERSION[eventName] ?? 'version'} ${plainLine(target.versionId)}`;
}

function whatItGrants({ findings, grants, unreadable }: InspectionSummary): string | undefined {
  if (unreadable !== undefined) return ', which could not be read';
  const administrator = grants && administratorWords(grants);
  if (administrator !== undefined) return `, which ${administrator}`;
  const restricted = [...new Set(findings.map((finding) => plainLine(finding.restricted)))];
  if (restricted.length === 0) return undefined;
  const more = Math.max(0, (grants?.actions ?? 0) - restricted.length);
  return `, which grants ${enumerate(restricted, 3, more)}`;
}

function whoDetails({ requester }: Change): { label: string; value: string }[] {
  const details: [string, string | undefined][] = [
    ['Identity', requester.arn],
    ['Through', requester.via],
    ['From', requester.sourceIp],
    ['With', requester.userAgent],
  ];
  return details.flatMap(([label, value]) =>
    value === undefined || value === requester.label ? [] : [{ label, value: plainLine(value) }],
  );
}
