import type { IamReader } from '../account/iam/iam.ts';
import type { LedgerLookups } from '../containment/ledger-lookups.ts';
import { lookUntil, type Pause } from '../containment/settle.ts';
import { type CloudTrailRecord, parseRecord, recordIn } from '../events/cloudtrail-record.ts';
import { UnreadableChangeError } from '../events/errors.ts';
import { foreignAccount } from '../events/foreign-account.ts';
import { changeOfAnother } from '../events/of-holder.ts';
import {
  type Candidate,
  chooseCandidate,
  namingTarget,
  type PaddedSearch,
  paddedPolicies,
  paddedSearch,
  versionsCreated,
} from '../events/padded-change.ts';
import type { ParsedChange } from '../events/parse-change.ts';
import { type EventReading, readEvent } from '../events/read-event.ts';
import { readField } from '../events/read-field.ts';
import type { ReviewRules } from '../inspection/must-quarantine.ts';
import { sha256, unpack } from '../inspection/packed-document.ts';
import { targetKey } from '../ledger/target-key.ts';
import { type Judgement, paddedNamesSchema } from './payloads.ts';
import { review, wouldBeQuarantined } from './review.ts';

interface Rules extends ReviewRules {
  containRoleArn: string;
}

interface Tools {
  iam: IamReader;
  lookups: Pick<LedgerLookups, 'approvalOf' | 'intents'>;
  pause: Pause;
}

/** More than that would not fit into a state. Each padded write has an event, and each of these takes out so many. */
const MOST_OTHERS = 40;

/** What an event turned out to be, once IAM was asked what CloudTrail has left out. */
type PaddedReading =
  | (Extract<EventReading, { type: 'change' }> & {
      others?: NonNullable<Judgement['others']>;
    })
  | Exclude<EventReading, { type: 'change' }>
  /** From an account that is not guarded: nothing is read or done about it. */
  | { type: 'foreign'; reason: string; parsed?: ParsedChange };

/**
 * Reads an event as `readEvent` does, and looks in IAM for what was changed where a padded document made CloudTrail
 * leave the names out. Where several restricted policies fit that nobody has approved, the event is about all of
 * them: one is read here, the others are named.
 *
 * @param event may name one of these others as its `padded`
 * @throws what IAM throws
 */
export async function readPaddedEvent(event: unknown, rules: Rules, tools: Tools): Promise<PaddedReading> {
  const reading = await readWithNames(event, rules, tools);
  return reading.type === 'change' ? ofHolder(reading, namesIn(event)) : reading;
}

/** The user or group that an event may be about too, by its unique id, where that is what its `padded` names. */
function ofHolder<T extends { parsed: ParsedChange }>(reading: T, names: Record<string, string>): T {
  const { holderId } = names;
  const { change } = reading.parsed;
  const { target } = change;
  if (holderId === undefined || target.type === 'managed-policy') return reading;
  const name = names[`${target.entity}Name`] ?? target.entityName;
  const holder = { id: holderId, name };
  return { ...reading, parsed: { ...reading.parsed, change: changeOfAnother(change, holder) } };
}

/** What an execution was started for, of all that its event may be about. */
function namesIn(event: unknown): Record<string, string> {
  const named = paddedNamesSchema.safeParse((event as { padded?: unknown } | null)?.padded);
  return named.success ? named.data : {};
}

async function readWithNames(event: unknown, rules: Rules, tools: Tools): Promise<PaddedReading> {
  const reading = readEvent(event);
  if (reading.type === 'no-change') return reading;
  const record = reading.type === 'change' ? reading.record : recordOrNone(event);
  const foreign = record && foreignAccount(event, record, guardedBy(rules));
  if (foreign !== undefined) {
    const reason = `It was reported from account ${foreign.slice(0, 20)}, which is not guarded.`;
    if (reading.type === 'change') return { type: 'foreign', reason, parsed: reading.parsed };
    return { type: 'foreign', reason: `${reason} ${reading.reason}` };
  }
  const search = record && paddedSearch(record);
  if (reading.type !== 'unreadable' || record === undefined || search === undefined) return reading;
  if (readField(record, 'responseElements', 'policyVersion', 'isDefaultVersion') === false) {
    return { type: 'no-change', reason: 'The version was not made default: it grants nothing until it is.' };
  }
  const candidates = await lookUntil(
    () => findCandidates(search, tools.iam),
    (found) => found.some(({ document }) => wouldBeQuarantined(document, rules)),
    tools.pause,
  );
  return choose(event, record, candidates, rules, tools, reading.reason);
}

function guardedBy({ containRoleArn }: Rules): string {
  return containRoleArn.split(':')[4] ?? '';
}

async function choose(
  event: unknown,
  record: CloudTrailRecord,
  candidates: readonly Candidate[],
  rules: Rules,
  tools: Tools,
  reason: string,
): Promise<PaddedReading> {
  const isRestricted = (document: string) => review(document, rules.restricted).restricted;
  const unapproved = await neverApproved(
    record,
    candidates.filter(({ document }) => isRestricted(document)),
    tools,
  );
  const { holderId, ...names } = namesIn(event);
  if (Object.keys(names).length > 0) return readNamed(record, names, candidates, tools, holderId);
  const [first, ...others] = unapproved.toSorted((one, other) => one.label.localeCompare(other.label));
  if (first !== undefined && others.length > 0) {
    const read = readCandidate(record, first);
    const rest = others.slice(0, MOST_OTHERS).flatMap((other) => otherCandidate(record, other));
    return read.type === 'change' ? { ...read, others: rest } : read;
  }
  const chosen = first ?? chooseCandidate(candidates, isRestricted);
  if (chosen !== undefined) return readCandidate(record, chosen);
  return { type: 'unreadable', reason: `${reason} ${whatFits(candidates)}` };
}

/** One of several that an event is about. The execution that was first has taken it out of force by now, perhaps. */
async function readNamed(
  record: CloudTrailRecord,
  names: Record<string, string>,
  candidates: readonly Candidate[],
  { lookups }: Tools,
  holderId: string | undefined,
): Promise<EventReading> {
  const reading = readCandidate(record, { names });
  if (reading.type !== 'change' || candidates.some((one) => idOf(one.names) === idOf(names))) return reading;
  const { change } = holderId === undefined ? reading.parsed : ofHolder(reading, { holderId }).parsed;
  const intents = await lookups.intents(targetKey(change.accountId, change.target));
  const begun = intents?.find((intent) => intent.change.requestId === change.requestId);
  if (begun === undefined) return { type: 'no-change', reason: 'What it names is not there any more.' };
  return { ...reading, parsed: { ...reading.parsed, document: { text: unpack(begun.document) } } };
}

async function neverApproved(
  record: CloudTrailRecord,
  candidates: readonly Candidate[],
  { lookups }: Tools,
): Promise<Candidate[]> {
  const approvals = await Promise.all(
    candidates.map((candidate) => {
      const reading = readCandidate(record, candidate);
      if (reading.type !== 'change') return undefined;
      const { accountId, target } = reading.parsed.change;
      return lookups.approvalOf(targetKey(accountId, target), sha256(candidate.document));
    }),
  );
  return candidates.filter((_candidate, index) => approvals[index] === undefined);
}

/** The id of the request follows from what is changed too, so that each candidate has one of its own. */
function readCandidate(record: CloudTrailRecord, candidate: Pick<Candidate, 'names'>): EventReading {
  return readEvent(namingTarget(record, candidate));
}

function otherCandidate(record: CloudTrailRecord, candidate: Candidate): NonNullable<Judgement['others']> {
  const reading = readCandidate(record, candidate);
  if (reading.type !== 'change') return [];
  const { requestId, target } = reading.parsed.change;
  return [{ padded: candidate.names, requestId, target, sha256: sha256(candidate.document) }];
}

function idOf(names: Record<string, string>): string {
  return JSON.stringify(Object.entries(names).toSorted(([one], [other]) => one.localeCompare(other)));
}

/** @returns undefined where it is no event */
export function recordOrNone(event: unknown): CloudTrailRecord | undefined {
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

/** As many as a message has room for. */
const MOST_NAMED = 10;

function whatFits(candidates: readonly Candidate[]): string {
  if (candidates.length === 0) return 'Nothing in IAM fits it.';
  const named = candidates.slice(0, MOST_NAMED).map(({ label }) => label);
  const more = candidates.length - named.length;
  return `In IAM more than one policy fits it: ${named.join('; ')}${more > 0 ? `; and ${more} more` : ''}.`;
}
