import { type Draw, seeded } from '../../faults/draws.ts';
import type { CloudTrailRecord } from '../cloudtrail/record.ts';
import { type CloudTrailEvent, toEvent } from './event.ts';
import { type EventPattern, matchesPattern } from './event-pattern.ts';

interface EventBusOptions {
  /** Milliseconds from the call to the rule's target. */
  delayMs: number;
  draw?: Draw;
  pattern: EventPattern;
  target: (event: CloudTrailEvent) => Promise<void> | void;
  /** Called when the target fails: nobody waits for the delivery. */
  onError: (error: unknown, event: CloudTrailEvent) => void;
}

export interface EventBus {
  /** Takes a record from CloudTrail and, after the delay, hands it to the target if the pattern matches. */
  deliver(record: CloudTrailRecord): void;
  /** Holds for records that come from now on. */
  delayMs: number;
  /** Each record takes up to so much longer, drawn for it alone. Milliseconds. */
  spreadMs: number;
  /** How many events are still to be handed to the target. */
  readonly onTheirWay: number;
  delivers: boolean;
  /** Whether records come from CloudTrail at all; what comes meanwhile is lost. */
  hears: boolean;
  /** Drops what is still on its way. */
  close(): void;
}

/** EventBridge takes no event of more than 256 KB. */
const LARGEST_EVENT = 256 * 1024;

/** The default event bus with one rule. */
export function createEventBus({
  delayMs,
  draw = seeded(1),
  pattern,
  target,
  onError,
}: EventBusOptions): EventBus {
  const onTheirWay = new Set<NodeJS.Timeout>();
  const hand = async (event: CloudTrailEvent) => {
    try {
      if (!bus.delivers) throw new Error('The rule cannot reach its target.');
      await target(event);
    } catch (error) {
      onError(error, event);
    }
  };
  const bus: EventBus = {
    delayMs,
    spreadMs: 0,
    delivers: true,
    hears: true,
    deliver(record) {
      if (!bus.hears) return;
      const event = toEvent(record);
      if (Buffer.byteLength(JSON.stringify(event)) > LARGEST_EVENT || !matchesPattern(pattern, event)) return;
      const timer = setTimeout(
        () => {
          onTheirWay.delete(timer);
          void hand(event);
        },
        bus.delayMs + Math.floor(draw() * bus.spreadMs),
      );
      onTheirWay.add(timer);
    },
    get onTheirWay() {
      return onTheirWay.size;
    },
    close() {
      for (const timer of onTheirWay) clearTimeout(timer);
      onTheirWay.clear();
    },
  };
  return bus;
}
