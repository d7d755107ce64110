import type { CloudTrailRecord } from '../cloudtrail/record.ts';
import { type CloudTrailEvent, toEvent } from './event.ts';
import { type EventPattern, matchesPattern } from './event-pattern.ts';

interface EventBusOptions {
  /** Milliseconds from the call to the rule's target; `setDelay` changes it. */
  delayMs: number;
  pattern: EventPattern;
  target: (event: CloudTrailEvent) => Promise<void> | void;
  /** Called when the target fails: nobody waits for the delivery. */
  onError: (error: unknown, event: CloudTrailEvent) => void;
}

export interface EventBus {
  /** Takes a record from CloudTrail and, after the delay, hands it to the target if the pattern matches. */
  deliver(record: CloudTrailRecord): void;
  readonly delayMs: number;
  /** How many events are still to be handed to the target. */
  readonly onTheirWay: number;
  delivers: boolean;
  /** Whether records come from CloudTrail at all; what comes meanwhile is lost. */
  hears: boolean;
  /** Holds for records that come from now on. */
  setDelay(delayMs: number): void;
  /** Drops what is still on its way. */
  close(): void;
}

/** EventBridge takes no event of more than 256 KB. */
const LARGEST_EVENT = 256 * 1024;

/** The default event bus with one rule. */
export function createEventBus({ pattern, target, onError, ...options }: EventBusOptions): EventBus {
  let { delayMs } = options;
  let delivers = true;
  let hears = true;
  const onTheirWay = new Set<NodeJS.Timeout>();
  const hand = async (event: CloudTrailEvent) => {
    try {
      if (!delivers) throw new Error('The rule cannot reach its target.');
      await target(event);
    } catch (error) {
      onError(error, event);
    }
  };
  return {
    deliver(record) {
      if (!hears) return;
      const event = toEvent(record);
      if (Buffer.byteLength(JSON.stringify(event)) > LARGEST_EVENT || !matchesPattern(pattern, event)) return;
      const timer = setTimeout(() => {
        onTheirWay.delete(timer);
        void hand(event);
      }, delayMs);
      onTheirWay.add(timer);
    },
    get delivers() {
      return delivers;
    },
    set delivers(next) {
      delivers = next;
    },
    get hears() {
      return hears;
    },
    set hears(next) {
      hears = next;
    },
    get delayMs() {
      return delayMs;
    },
    get onTheirWay() {
      return onTheirWay.size;
    },
    setDelay(newDelayMs) {
      delayMs = newDelayMs;
    },
    close() {
      for (const timer of onTheirWay) clearTimeout(timer);
      onTheirWay.clear();
    },
  };
}
