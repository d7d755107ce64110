import type { Change } from '../../../workflow/events/change.ts';
import { readEvent } from '../../../workflow/events/read-event.ts';
import { requestSchema } from '../../../workflow/ledger/request.ts';
import * as z from '../../../workflow/runtime/zod.ts';
import { containedSchema } from '../../../workflow/steps/payloads.ts';
import type { Escalation } from './words.ts';

/** What an escalation is about, and its request, when this execution has one. */
interface ReadEscalation extends Escalation {
  requestId?: string;
}

const { change, inspection } = requestSchema.shape;

/** Whatever state the failure left behind: each part counts by itself, and one that is not understood is left out. */
const stateSchema = z.object({
  change: z.catch(z.optional(change), undefined),
  inspection: z.catch(z.optional(inspection), undefined),
  failure: z.catch(z.object({ Error: z.string(), Cause: z.string() }), {
    Error: 'unknown',
    Cause: 'The state says nothing about what failed; look at the execution.',
  }),
  verdict: z.catch(z.optional(z.string()), undefined),
  status: z.catch(z.optional(z.string()), undefined),
  outcome: z.catch(z.optional(containedSchema.shape.outcome), undefined),
  detail: z.catch(z.string(), ''),
  requestId: z.catch(z.optional(z.string()), undefined),
  event: z.optional(z.unknown()),
});

type State = z.output<typeof stateSchema>;

/** What a grant that is out of force is called, by the step that failed after it. */
const OUT_OF_FORCE = new Set(['quarantined', 'recorded', 'duplicate']);

/** @param state of any shape: this must never be what fails */
export function readEscalation(state: unknown, executionArn: string): ReadEscalation {
  const parsed = stateSchema.safeParse(state);
  const known = parsed.success ? parsed.data : stateSchema.parse({});
  const ending = endingIn(known);
  const leftAlone = leftAloneIn(known);
  return {
    change: known.change ?? changeIn(known.event),
    inspection: known.inspection,
    quarantined: OUT_OF_FORCE.has(known.status ?? ''),
    ...(ending === undefined ? {} : { ending }),
    ...(leftAlone === undefined ? {} : { leftAlone }),
    failure: known.failure,
    executionArn,
    // A duplicate's request belongs to another execution.
    ...(known.status === 'recorded' && known.requestId !== undefined ? { requestId: known.requestId } : {}),
  };
}

function endingIn({ outcome, status, detail }: State): Escalation['ending'] {
  if (outcome !== undefined) return { outcome, detail };
  return status === 'superseded' || status === 'gone' ? { outcome: status, detail } : undefined;
}

/** Only Report follows these: judged so by Inspect, or by Quarantine where Inspect has failed. */
function leftAloneIn({ verdict, status }: State): Escalation['leftAlone'] {
  if (verdict === 'exempt') return 'exempt';
  return verdict === 'observed' || status === 'observed' ? 'observed' : undefined;
}

/** After a failed inspection the event is all there is. An escalation that can't name the change is better than none. */
function changeIn(event: unknown): Change | undefined {
  try {
    const reading = readEvent(event);
    return reading.type === 'change' ? change.parse(reading.parsed.change) : undefined;
  } catch {
    return undefined;
  }
}
