import type { IamReader } from '../account/iam/iam.ts';
import type { Pause } from '../containment/settle.ts';
import { lookUntil } from '../containment/settle.ts';
import type { CloudTrailRecord } from '../events/cloudtrail-record.ts';
import { parseRecord, recordIn } from '../events/cloudtrail-record.ts';
import { UnreadableChangeError } from '../events/errors.ts';
import { isOwnChange } from '../events/own-change.ts';
import type { Candidate, PaddedSearch } from '../events/padded-change.ts';
import {
  chooseCandidate,
  namingTarget,
  paddedPolicies,
  paddedSearch,
  versionsCreated,
} from '../events/padded-change.ts';
import type { EventReading } from '../events/read-event.ts';
import { readEvent } from '../events/read-event.ts';
import { readField } from '../events/read-field.ts';
import type { ReviewRules } from '../inspection/must-quarantine.ts';
import { review, wouldBeQuarantined } from './review.ts';

interface Rules extends ReviewRules {
  containRoleArn: string;
}

interface Tools {
  iam: IamReader;
  pause: Pause;
}

/**
 * Reads an event as `readEvent` does, and looks in IAM for what was changed where a padded document made CloudTrail
 * leave the names out. What cannot be told apart stays unreadable, and its reason names everything that fits.
 *
 * @throws what IAM throws
 */
export async function readPaddedEvent(event: unknown, rules: Rules, tools: Tools): Promise<EventReading> {
  const reading = readEvent(event);
  const record = reading.type === 'unreadable' ? recordOrNone(event) : undefined;
  const search = record && paddedSearch(record);
  if (reading.type !== 'unreadable' || record === undefined || search === undefined) return reading;
  if (isOwnChange(record, rules.containRoleArn)) {
    return { type: 'no-change', reason: 'Policy Guard made this change itself.' };
  }
  if (readField(record, 'responseElements', 'policyVersion', 'isDefaultVersion') === false) {
    return { type: 'no-change', reason: 'The version was not made default: it grants nothing until it is.' };
  }
  const isRestricted = (document: string) => review(document, rules.restricted).restricted;
  const candidates = await lookUntil(
    () => findCandidates(search, tools.iam),
    (found) => found.some(({ document }) => wouldBeQuarantined(document, rules)),
    tools.pause,
  );
  const chosen = chooseCandidate(candidates, isRestricted);
  if (chosen !== undefined) return readEvent(namingTarget(record, chosen));
  return { ...reading, reason: `${reading.reason} ${whatFits(candidates)}` };
}

function recordOrNone(event: unknown): CloudTrailRecord | undefined {
  try {
    return parseRecord(recordIn(event));
  } catch (error) {
    if (error instanceof UnreadableChangeError) return undefined;
    throw error;
  }
}

async function findCandidates(search: PaddedSearch, iam: IamReader): Promise<Candidate[]> {
  return search.type === 'inline'
    ? paddedPolicies(search.entity, await iam.listInlinePolicies(search.entity))
    : versionsCreated(search, await iam.listDefaultVersions());
}

function whatFits(candidates: readonly Candidate[]): string {
  if (candidates.length === 0) return 'Nothing in IAM fits it.';
  return `In IAM more than one policy fits it: ${candidates.map(({ label }) => label).join('; ')}.`;
}
