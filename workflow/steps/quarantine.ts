import type { ContainmentTools, QuarantineResult } from '../containment/change-kind.ts';
import { kindOf } from '../containment/kinds.ts';
import { pack, unpack } from '../documents/packed-document.ts';
import type { Change } from '../events/change.ts';
import { isOwnChange } from '../events/own-change.ts';
import { NotFoundError } from '../iam/iam.ts';
import type { RestrictedAction } from '../inspection/finding.ts';
import { summarise } from '../inspection/summarise.ts';
import type { InspectionSummary } from '../ledger/request.ts';
import type { Settings } from '../settings/schema.ts';
import { allowedUnread } from './allowed-unread.ts';
import type { FailedInspection, Judgement, Quarantined } from './payloads.ts';
import { ERROR } from './payloads.ts';
import { readPaddedEvent } from './read-padded-event.ts';
import { review } from './review.ts';

/** What to quarantine cannot be made out of the event: a person has to look. */
export class UnknownChangeError extends Error {
  override name = ERROR.unknownChange;
}

/** IAM does not show what the event names, which may be its usual lag: worth another try. */
export class NotVisibleYetError extends Error {
  override name = 'NotVisibleYetError';
}

/** With the state machine's waits between them, these tries outlast IAM's lag; then what is missing is gone. */
const TRIES_UNTIL_GONE = 4;

export interface QuarantineInput {
  state: Judgement | FailedInspection;
  executionArn: string;
  retryCount: number;
}

export interface QuarantineRules {
  restricted: readonly RestrictedAction[];
  attachments: Settings['ATTACHMENTS'];
  containRoleArn: string;
}

/** What is known of the change before anything is done about it. */
interface Known {
  change: Change;
  document?: string;
  inspection?: InspectionSummary;
  /** Why the change counts as restricted though its document may turn out to be harmless. */
  why?: string;
  /** Why nothing is to be done about it. */
  leave?: string;
}

/**
 * The Quarantine step: takes the grant out of force without losing it. Safe to repeat.
 *
 * @throws UnknownChangeError when the event does not tell what was changed
 * @throws NotVisibleYetError on the first tries, while IAM does not show what was changed
 */
export async function quarantine(
  input: QuarantineInput,
  rules: QuarantineRules,
  tools: ContainmentTools,
): Promise<Quarantined> {
  const known =
    'failure' in input.state ? await knownFromEvent(input.state, rules, tools) : knownFrom(input.state);
  const result = await contain(known, input.retryCount, tools);
  if (result.status !== 'quarantined') {
    const inspection = known.inspection ?? { findings: [], total: 0 };
    const { status, detail } = result;
    return { status, detail, change: known.change, inspection, executionArn: input.executionArn };
  }
  return {
    status: 'quarantined',
    detail: result.detail,
    change: known.change,
    inspection: summaryOf(result.document, known, rules),
    document: pack(result.document),
    containment: result.containment,
    quarantinedAt: tools.now().toISOString(),
    executionArn: input.executionArn,
  };
}

function knownFrom({ change, document, inspection, reason }: Judgement): Known {
  if (change === undefined) throw new UnknownChangeError(`${reason} Take it out of force by hand.`);
  return {
    change,
    ...(document && { document: unpack(document) }),
    ...(inspection && { inspection }),
    ...(inspection?.unreadable && { why: inspection.unreadable }),
  };
}

/** Inspect failed, so nothing of what it knows is known: the event is all there is. */
async function knownFromEvent(
  { event, failure }: FailedInspection,
  rules: QuarantineRules,
  tools: ContainmentTools,
): Promise<Known> {
  const reading = await readPaddedEvent(event, rules, tools);
  if (reading.type !== 'change') {
    throw new UnknownChangeError(
      `The inspection failed (${failure.Error}), and the event does not tell what to quarantine: ${reading.reason}`,
    );
  }
  const { change, document } = reading.parsed;
  const leave = isOwnChange(reading.record, rules.containRoleArn)
    ? 'Policy Guard made this change itself.'
    : allowedUnread(reading.parsed, rules)?.reason;
  return {
    change,
    ...(leave !== undefined && { leave }),
    ...('text' in document && { document: document.text }),
    why: `The inspection failed (${failure.Error}), so the change counts as restricted.`,
  };
}

async function contain(
  known: Known,
  retryCount: number,
  tools: ContainmentTools,
): Promise<QuarantineResult | { status: 'gone'; detail: string }> {
  const { change, document, leave } = known;
  if (leave !== undefined) return { status: 'superseded', detail: `${leave} Nothing was changed.` };
  const task = { change, retryCount, ...(document !== undefined && { document }) };
  try {
    return await kindOf(change).quarantine(task, tools);
  } catch (error) {
    if (!(error instanceof NotFoundError)) throw error;
    if (retryCount < TRIES_UNTIL_GONE) {
      throw new NotVisibleYetError(
        `IAM does not show what ${change.eventName} changed; trying again. ${error.message}`,
        { cause: error },
      );
    }
    return { status: 'gone', detail: `What was changed is not there any more: ${error.message}` };
  }
}

/** The summary is of the bytes that IAM holds: those are what an approver is shown, and what is put back. */
function summaryOf(document: string, known: Known, { restricted }: QuarantineRules): InspectionSummary {
  if (known.inspection && known.document === document) return known.inspection;
  const inspection = review(document, restricted);
  const unreadable = inspection.restricted ? inspection.unreadable : known.why;
  return summarise({ ...inspection, ...(unreadable !== undefined && { unreadable }) });
}
