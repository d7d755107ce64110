import type { Pause } from '../containment/settle.ts';
import { unpack } from '../documents/packed-document.ts';
import type { Change } from '../events/change.ts';
import { isOwnChange } from '../events/own-change.ts';
import { packEvent } from '../events/pack-event.ts';
import type { ParsedChange } from '../events/parse-change.ts';
import type { IamReader } from '../iam/iam.ts';
import { mustQuarantine } from '../inspection/must-quarantine.ts';
import type { Log } from '../lambda/logger.ts';
import type { InspectionSummary, PackedDocument } from '../ledger/request.ts';
import type { Settings } from '../settings/schema.ts';
import { allowedUnread } from './allowed-unread.ts';
import type { FailedInspection, Judgement } from './payloads.ts';
import { ERROR } from './payloads.ts';
import { readDocument } from './read-document.ts';
import { readPaddedEvent } from './read-padded-event.ts';
import type { ReviewRules } from './review.ts';
import { review } from './review.ts';

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
  /** Why the change counts as restricted though its document may turn out to be harmless. */
  why?: string;
  /** Why nothing is to be done about it. */
  leave?: { status: 'superseded' | 'observed'; reason: string };
}

export interface KnownChangeRules extends ReviewRules {
  attachments: Settings['ATTACHMENTS'];
  containRoleArn: string;
}

interface Tools {
  iam: IamReader;
  pause: Pause;
  log: Log;
}

/** @throws UnknownChangeError when the judgement names no change */
export function knownFrom({ change, document, inspection, event, reason }: Judgement): KnownChange {
  if (change === undefined) throw new UnknownChangeError(`${reason} Take it out of force by hand.`);
  return {
    change,
    ...(document && { document: unpack(document) }),
    ...(inspection && { inspection }),
    ...(inspection?.unreadable && { why: inspection.unreadable }),
    ...(event && { event }),
  };
}

/**
 * Inspect failed, so nothing of what it knows is known: the event is all there is. No exemption counts then.
 *
 * @throws UnknownChangeError when the event does not tell what was changed; what IAM throws
 */
export async function knownFromEvent(
  { event, failure }: FailedInspection,
  rules: KnownChangeRules,
  tools: Tools,
): Promise<KnownChange> {
  const failed = `The inspection failed (${failure.Error})`;
  const reading = await readPaddedEvent(event, rules, tools);
  if (reading.type !== 'change') {
    const problem = `${failed}, and the event does not tell what to quarantine: ${reading.reason}`;
    throw new UnknownChangeError(problem);
  }
  const { change, document } = reading.parsed;
  const known: KnownChange = {
    change,
    ...('text' in document && { document: document.text }),
    ...packEvent(event, tools.log),
    why: `${failed}, so the change counts as restricted.`,
  };
  const reason = isOwnChange(reading.record, rules.containRoleArn)
    ? 'Policy Guard made this change itself.'
    : allowedUnread(reading.parsed, rules)?.reason;
  if (reason !== undefined) return { ...known, leave: { status: 'superseded', reason } };
  return rules.mode === 'observe' ? observedUnlessEnforced(known, reading.parsed, rules, tools) : known;
}

/** By MODE the change is left alone, unless its document grants what is enforced all the same. */
async function observedUnlessEnforced(
  known: KnownChange,
  parsed: ParsedChange,
  rules: KnownChangeRules,
  tools: Tools,
): Promise<KnownChange> {
  const document = await readDocument(parsed, rules, tools);
  const found = document === undefined ? [] : review(document, rules.restricted).findings;
  const read = { ...known, ...(document !== undefined && { document }) };
  if (mustQuarantine({ findings: found, unreadable: known.why }, rules.mode)) return known;
  const reason = `${known.why} It would have been quarantined, but is only observed.`;
  return { ...read, leave: { status: 'observed', reason } };
}
