import { CONTAINMENTS, type Containment } from '../plays/containments.ts';
import { ENDINGS, type Ending, STORIES } from '../plays/endings.ts';
import { ORDERS } from '../plays/orders.ts';
import { type Play, type Played, play } from '../plays/play.ts';
import type { Fault, Outage } from '../world/fault.ts';

export const FAMILIES = ['no fault', 'singles', 'pairs', 'orders and races', 'outages'] as const;
export type Family = (typeof FAMILIES)[number];

/** One case as plain data, so that another process can play it. */
export interface Case {
  family: Family;
  /** Plays it again: `--only`. */
  id: string;
  containment: string;
  /** An ending, or the name of an order. */
  story: string;
  faults?: readonly Fault[];
  outages?: readonly Outage[];
}

const MINUTE_MS = 60_000;

/** @throws Error for a story that there is not */
export function playCase({ containment, story, faults, outages }: Case): Promise<Played> {
  return play({ containment: containmentOf(containment), faults, outages, story: storyOf(story, outages) });
}

function containmentOf(name: string): Containment {
  const found = CONTAINMENTS.find((each) => each.name === name);
  if (found === undefined) throw new Error(`There is no containment ${JSON.stringify(name)}.`);
  return found;
}

function storyOf(name: string, outages: readonly Outage[] = []): Play['story'] {
  const order = ORDERS.find((each) => each.name === name);
  if (order !== undefined) return order.story;
  const ending = ENDINGS.find((each): each is Ending => each === name);
  if (ending === undefined) throw new Error(`There is no story ${JSON.stringify(name)}.`);
  // An outage that begins while people think it over is there when they decide.
  const thinkMs = outages.length > 0 ? 3 * MINUTE_MS : 0;
  return (stage) => STORIES[ending](stage, thinkMs);
}
