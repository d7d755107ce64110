import type { z } from 'zod';
import type { EventBus } from '../aws/events/event-bus.ts';
import type { Workspace } from '../slack/workspace.ts';
import type { faultsBody } from './sandbox-api.ts';

interface Breakable {
  workspace: Workspace;
  bus: EventBus;
  changed: () => void;
}

/** Breaks or mends what is named and leaves the rest. @returns what holds now */
export function setFaults(
  { slack, slackLookups, delivery, cloudTrailDelayMs }: z.output<typeof faultsBody>,
  { workspace, bus, changed }: Breakable,
): Required<z.output<typeof faultsBody>> {
  if (slack !== undefined) workspace.up = slack === 'up';
  if (slackLookups !== undefined) workspace.lookups = slackLookups === 'up';
  if (delivery !== undefined) bus.delivers = delivery === 'up';
  if (cloudTrailDelayMs !== undefined) bus.setDelay(cloudTrailDelayMs);
  changed();
  return {
    slack: workspace.up ? 'up' : 'down',
    slackLookups: workspace.lookups ? 'up' : 'down',
    delivery: bus.delivers ? 'up' : 'down',
    cloudTrailDelayMs: bus.delayMs,
  };
}
