import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import type { Hour } from '../faults/hour/hour.ts';
import { RESTRICTED } from '../faults/plays/documents.ts';
import { BARE_ENVIRONMENT } from '../support/bare-environment.ts';

/** `LOST_CHANGES=60 LOST_SEED=7 npx vitest run test/system/a-third-lost.test.ts` plays more, and others. */
const CHANGES = Number(process.env.LOST_CHANGES ?? 12);
const SEED = Number(process.env.LOST_SEED ?? 5);

function playHour(): Hour {
  const script = ['test/faults/run/hour.ts', String(CHANGES), String(SEED)];
  return JSON.parse(execFileSync(process.execPath, script, { encoding: 'utf8', env: BARE_ENVIRONMENT }));
}

test(`an hour of ${CHANGES} changes with a third of all events lost (seed ${SEED}) ends with nothing restricted in force that nobody approved, and nothing approved out of force`, () => {
  const { lost, before, inForce, decided, tooLong, takenForLost } = playHour();
  const all = (decision: string) => Object.keys(decided).filter((place) => decided[place] === decision);
  expect(lost).toBeGreaterThan(CHANGES / 3);
  for (const some of [all('approved'), all('denied')]) expect(some.length).toBeGreaterThan(CHANGES / 6);
  expect({ tooLong, takenForLost }).toEqual({ tooLong: [], takenForLost: [] });
  expect(Object.keys(inForce).toSorted()).toEqual([...before, ...all('approved')].toSorted());
  for (const [place, document] of Object.entries(inForce))
    if (!place.includes(' attached ')) expect(document).toBe(RESTRICTED);
}, 300_000);
