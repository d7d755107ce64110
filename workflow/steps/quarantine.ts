import { NotFoundError } from '../account/iam/iam.ts';
import { quarantineChange } from '../containment/contain.ts';
import { readSurroundings } from '../containment/surroundings.ts';
import type { ContainmentTools, QuarantineResult } from '../containment/tasks.ts';
import { pack } from '../inspection/packed-document.ts';
import type { InspectionSummary } from '../inspection/summarise.ts';
import { summarise } from '../inspection/summarise.ts';
import type { KnownChange, KnownChangeRules } from './known-change.ts';
import { knownFrom, knownFromEvent } from './known-change.ts';
import type { FailedInspection, Judgement, Quarantined } from './payloads.ts';
import { review } from './review.ts';

/** IAM does not show what the event names, which may be its usual lag: worth another try. */
export class NotVisibleYetError extends Error {
  override name = 'NotVisibleYetError';
}

/** With the state machine's waits between them, these tries outlast IAM's lag; then what is missing is gone. */
const TRIES_UNTIL_GONE = 4;

const NOTHING_FOUND: InspectionSummary = { findings: [], total: 0 };

export interface QuarantineInput {
  state: Judgement | FailedInspection;
  executionArn: string;
  retryCount: number;
}

export type QuarantineRules = KnownChangeRules;

/**
 * The Quarantine step: takes the grant out of force without losing it. Safe to repeat. What Inspect has judged as
 * restricted is quarantined whatever MODE says by now; what it would have left alone is left alone.
 *
 * @throws UnknownChangeError when the event does not tell what was changed
 * @throws NotVisibleYetError on the first tries, while IAM does not show what was changed
 */
export async function quarantine(
  { state, executionArn, retryCount }: QuarantineInput,
  rules: QuarantineRules,
  tools: ContainmentTools,
): Promise<Quarantined> {
  const known = 'failure' in state ? await knownFromEvent(state, rules, tools) : knownFrom(state);
  const { change, event, leave } = known;
  if (leave !== undefined) return { ...leftAlone(known, leave, rules), executionArn };
  const result = await contain(known, retryCount, tools);
  const { status, detail } = result;
  if (status !== 'quarantined') {
    const inspection = known.inspection ?? NOTHING_FOUND;
    return { status, detail, change, inspection, executionArn };
  }
  const { containment, document } = result;
  return {
    status,
    detail,
    change,
    inspection: summaryOf(document, known, rules),
    document: pack(document),
    containment,
    quarantinedAt: tools.now().toISOString(),
    ...(event && { event }),
    ...(await readSurroundings(change, containment, tools)),
    executionArn,
  };
}

function leftAlone(
  known: KnownChange,
  { status, reason }: NonNullable<KnownChange['leave']>,
  rules: QuarantineRules,
): Omit<Quarantined, 'executionArn'> {
  const { change, document, event } = known;
  const left = { status, detail: `${reason} Nothing was changed.`, change };
  if (status === 'superseded') return { ...left, inspection: known.inspection ?? NOTHING_FOUND };
  return {
    ...left,
    inspection: summaryOf(document, known, rules),
    ...(document !== undefined && { document: pack(document) }),
    ...(event && { event }),
  };
}

async function contain(
  { change, document }: KnownChange,
  retryCount: number,
  tools: ContainmentTools,
): Promise<QuarantineResult | { status: 'gone'; detail: string }> {
  try {
    return await quarantineChange({ change, document, retryCount }, tools);
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
function summaryOf(
  document: string | undefined,
  known: KnownChange,
  { restricted }: QuarantineRules,
): InspectionSummary {
  if (known.inspection && known.document === document) return known.inspection;
  const inspection =
    document === undefined ? { restricted: false, findings: [] } : review(document, restricted);
  const unreadable = inspection.restricted ? inspection.unreadable : known.why;
  return summarise({ ...inspection, ...(unreadable !== undefined && { unreadable }) }, document);
}
