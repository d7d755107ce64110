import type { Pause } from '../containment/settle.ts';
import type { PlanTools } from '../containment/tasks.ts';
import { ERROR } from '../decisions/error-names.ts';
import type { Change } from '../events/change.ts';
import type { ParsedChange } from '../events/parse-change.ts';
import { mustQuarantine, type ReviewRules } from '../inspection/must-quarantine.ts';
import { type PackedDocument, unpack } from '../inspection/packed-document.ts';
import type { InspectionSummary } from '../inspection/summarise.ts';
import type { Plan } from '../ledger/intents.ts';
import type { Principal } from '../ledger/request.ts';
import type { Log } from '../runtime/logger.ts';
import type { Settings } from '../runtime/settings/schema.ts';
import { allowedUnread } from './allowed-unread.ts';
import { mayHavePutBack, writerOf } from './own-write.ts';
import { packEvent } from './pack-event.ts';
import type { FailedInspection, Judgement } from './payloads.ts';
import { readDocument } from './read-document.ts';
import { readPaddedEvent, recordOrNone } from './read-padded-event.ts';

/** What to quarantine cannot be made out of the event: a person has to look. */
export class UnknownChangeError extends Error {
  override name = ERROR.unknownChange;
}

/** What is known of a change before anything is done about it. */
export interface KnownChange {
  change: Change;
  document?: string;
  inspection?: InspectionSummary;
  event?: PackedDocument;
  /** What is to be done, and whom the grant serves, where that was found out before. */
  plan?: Plan;
  principal?: Principal;
  /** What else a padded event may be about. */
  others?: Judgement['others'];
  /** A session of the guard's own role made it, and the ledger did not show what for. */
  byGuard?: true;
  /** Why the change counts as restricted though its document may turn out to be harmless. */
  why?: string;
  /** Why nothing is to be done about it. */
  leave?: { status: 'superseded' | 'observed' | 'foreign' | 'own-change'; reason: string };
}

export interface KnownChangeRules extends ReviewRules {
  attachments: Settings['ATTACHMENTS'];
  containRoleArn: string;
}

interface Tools extends Pick<PlanTools, 'iam' | 'lookups'> {
  pause: Pause;
  log: Log;
}

const OWN = { status: 'own-change', reason: 'Policy Guard made this change itself.' } as const;

/**
 * What Inspect has found. Where the ledger did not tell it what the guard had put back, it is asked once more, without
 * waiting: what a session of the guard's role writes may be a stolen role's. Where the judgement comes out of the ledger,
 * from a time when nobody could read what was written, it is found out now whose write it is.
 *
 * @throws UnknownChangeError when the judgement names no change; what IAM throws
 */
export async function knownFrom(
  judgement: Judgement,
  rules: KnownChangeRules,
  tools: Tools,
): Promise<KnownChange> {
  const known = knownIn(judgement);
  const { change, document, byGuard } = known;
  if (byGuard) {
    const isOwn = document !== undefined && (await mayHavePutBack(change, document, tools.lookups));
    return isOwn ? { ...known, leave: OWN } : known;
  }
  const writer = await writerIn(known, rules, tools);
  if (writer === 'own') return { ...known, leave: OWN };
  return writer === 'unproven' ? { ...known, byGuard: true } : known;
}

/** Whose write the event tells of that was kept with the change; somebody else's where none was. */
async function writerIn({ change, document, event }: KnownChange, rules: KnownChangeRules, tools: Tools) {
  const record = event && recordOrNone(JSON.parse(unpack(event)));
  if (record === undefined) return 'other';
  const read = document === undefined ? { missing: 'Nobody has read it' } : { text: document };
  return writerOf(record, { change, document: read }, rules, tools);
}

function knownIn(judgement: Judgement): KnownChange {
  const { change, document, inspection, event, plan, principal, others, byGuard, reason } = judgement;
  if (change === undefined) throw new UnknownChangeError(`${reason} Take it out of force by hand.`);
  return {
    change,
    ...(document && { document: unpack(document) }),
    ...(inspection && { inspection }),
    ...(inspection?.unreadable && { why: inspection.unreadable }),
    ...(event && { event }),
    ...(plan && { plan }),
    ...(principal && { principal }),
    ...(others && { others }),
    ...(byGuard && { byGuard }),
  };
}

/**
 * Inspect failed, so nothing of what it knows is known: the event is all there is. No exemption counts then.
 *
 * @param executionArn of the execution that is at work: a request of its own, about what is still in force, is no reason to
 *   leave that so
 * @throws UnknownChangeError when the event does not tell what was changed; what IAM throws
 */
export async function knownFromEvent(
  { event, failure, document: seen, plan, principal }: FailedInspection,
  executionArn: string,
  rules: KnownChangeRules,
  tools: Tools,
): Promise<KnownChange> {
  const failed = `The inspection failed (${failure.Error})`;
  const reading = await readPaddedEvent(event, rules, tools);
  if (reading.type === 'foreign' && reading.parsed !== undefined) {
    return { change: reading.parsed.change, leave: { status: 'foreign', reason: reading.reason } };
  }
  if (reading.type !== 'change') {
    const problem = `${failed}, and the event does not tell what to quarantine: ${reading.reason}`;
    throw new UnknownChangeError(problem);
  }
  const { change, document } = reading.parsed;
  const writer = await writerOf(reading.record, reading.parsed, rules, tools);
  const known: KnownChange = {
    change,
    ...('text' in document ? { document: document.text } : seen && { document: unpack(seen) }),
    ...(plan && { plan }),
    ...(principal && { principal }),
    ...(reading.others && { others: reading.others }),
    ...packEvent(event, tools.log),
    ...(writer === 'unproven' && { byGuard: true }),
    why: `${failed}, so the change counts as restricted.`,
  };
  if (writer === 'own') return { ...known, leave: OWN };
  const reason = allowedUnread(reading.parsed, rules)?.reason;
  if (reason !== undefined) return { ...known, leave: { status: 'superseded', reason } };
  const recorded = await tools.lookups.recorded(change.requestId);
  const isMine = recorded?.executionArn === executionArn && recorded.inForceBecause !== undefined;
  if (recorded !== undefined && !isMine) return { ...known, leave: reportedAgain(known) };
  if (mustQuarantine({ findings: [], unreadable: known.why }, rules)) return known;
  return observed(known, reading.parsed, rules, tools);
}

/** What became of the change the first time must not be undone by hearing of it twice. */
function reportedAgain({ change, why }: KnownChange): NonNullable<KnownChange['leave']> {
  const reason = `${why} But it has been reported before: request ${change.requestId} in the ledger says what became of it.`;
  return { status: 'superseded', reason };
}

/** Nothing is enforced, so the change is left alone; its document is read for the record. */
async function observed(
  known: KnownChange,
  parsed: ParsedChange,
  rules: KnownChangeRules,
  tools: Tools,
): Promise<KnownChange> {
  const document = await readDocument(parsed, rules, tools);
  const reason = `${known.why} It would have been quarantined, but is only observed.`;
  return {
    ...known,
    ...(document !== undefined && { document }),
    leave: { status: 'observed', reason },
  };
}
