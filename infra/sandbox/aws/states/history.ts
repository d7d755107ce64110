/** An event of GetExecutionHistory: `details` stands under the name that AWS gives it. */
export interface HistoryEvent {
  id: number;
  previousEventId: number;
  timestamp: Date;
  type: string;
  [details: `${string}EventDetails`]: Record<string, unknown>;
}

export interface History {
  readonly events: readonly HistoryEvent[];
  /** @param detailsName e.g. `taskFailed`; the details are written as `taskFailedEventDetails` */
  add(type: string, detailsName?: string, details?: Record<string, unknown>): void;
}

/** @param changed is called after every event */
export function createHistory(now: () => Date, changed: () => void): History {
  const events: HistoryEvent[] = [];
  return {
    events,
    add(type, detailsName, details = {}) {
      const event = { id: events.length + 1, previousEventId: events.length, timestamp: now(), type };
      events.push(detailsName === undefined ? event : { ...event, [`${detailsName}EventDetails`]: details });
      changed();
    },
  };
}
