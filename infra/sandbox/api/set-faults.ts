import type { z } from 'zod';
import type { EventHistory } from '../aws/cloudtrail/lookup-events.ts';
import type { EventBus } from '../aws/events/event-bus.ts';
import type { Workspace } from '../slack/workspace.ts';
import type { faultsBody } from './sandbox-api.ts';

interface Breakable {
  workspace: Workspace;
  bus: EventBus;
  history: EventHistory;
  changed: () => void;
}

/** Breaks or mends what is named and leaves the rest. @returns what holds now */
export function setFaults(
  faults: z.output<typeof faultsBody>,
  { workspace, bus, history, changed }: Breakable,
): Required<z.output<typeof faultsBody>> {
  const { slack, slackLookups, delivery, events, eventHistory, cloudTrailDelayMs, eventHistoryDelayMs } =
    faults;
  if (slack !== undefined) workspace.up = slack === 'up';
  if (slackLookups !== undefined) workspace.lookups = slackLookups === 'up';
  if (delivery !== undefined) bus.delivers = delivery === 'up';
  if (events !== undefined) bus.hears = events === 'up';
  if (eventHistory !== undefined) history.isUp = eventHistory === 'up';
  if (eventHistoryDelayMs !== undefined) history.delayMs = eventHistoryDelayMs;
  if (cloudTrailDelayMs !== undefined) bus.setDelay(cloudTrailDelayMs);
  changed();
  return {
    slack: workspace.up ? 'up' : 'down',
    slackLookups: workspace.lookups ? 'up' : 'down',
    delivery: bus.delivers ? 'up' : 'down',
    events: bus.hears ? 'up' : 'down',
    eventHistory: history.isUp ? 'up' : 'down',
    cloudTrailDelayMs: bus.delayMs,
    eventHistoryDelayMs: history.delayMs,
  };
}
