import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dueNudges, nudgeSchedule } from '../../../workflow/steps/nudges.ts';

const YEAR = 31_536_000;
const reminders = (reminderSeconds: number, timeout: number) =>
  nudgeSchedule({ reminderSeconds, adminEmailSeconds: YEAR }, timeout).map(({ after }) => after);

describe('the schedule', () => {
  it('reminds at intervals that double', () => {
    expect(reminders(60, 1_000)).toEqual([60, 180, 420, 900]);
  });

  it('has one e-mail, in its place among the reminders', () => {
    expect(nudgeSchedule({ reminderSeconds: 60, adminEmailSeconds: 100 }, 300)).toEqual([
      { nudge: 'reminder', after: 60 },
      { nudge: 'admin-email', after: 100 },
      { nudge: 'reminder', after: 180 },
    ]);
  });

  it('has nothing at or after the end', () => {
    expect(nudgeSchedule({ reminderSeconds: 60, adminEmailSeconds: 180 }, 180)).toEqual([
      { nudge: 'reminder', after: 60 },
    ]);
    expect(nudgeSchedule({ reminderSeconds: 60, adminEmailSeconds: 179 }, 181)).toHaveLength(3);
    expect(nudgeSchedule({ reminderSeconds: 60, adminEmailSeconds: 60 }, 60)).toEqual([]);
  });

  it('has few reminders, however short the first interval and long the time', () => {
    expect(reminders(1, YEAR).length).toBe(24);
  });
});

describe('what is due', () => {
  const schedule = nudgeSchedule({ reminderSeconds: 60, adminEmailSeconds: 180 }, 1_000);

  it('is what lies between the last time and now, the moment itself included', () => {
    expect(dueNudges(schedule, 0, 59.999, 1_000)).toMatchObject({ due: [], nudged: 0, seconds: 1 });
    expect(dueNudges(schedule, 0, 60, 1_000)).toEqual({ due: ['reminder'], nudged: 1, seconds: 120 });
  });

  it('is a reminder and the e-mail where both fall together', () => {
    expect(dueNudges(schedule, 1, 180, 1_000)).toEqual({
      due: ['reminder', 'admin-email'],
      nudged: 3,
      seconds: 240,
    });
  });

  it('is one reminder for several that were missed', () => {
    expect(dueNudges(schedule, 0, 950, 1_000)).toEqual({
      due: ['reminder', 'admin-email'],
      nudged: 5,
      seconds: 50,
    });
  });

  it('is nothing anew where the clock went back', () => {
    expect(dueNudges(schedule, 3, 170, 1_000)).toEqual({ due: [], nudged: 3, seconds: 10 });
  });

  it('comes once each, and no wait ends early, whatever the settings and delays', () => {
    const settings = fc.record({
      reminderSeconds: fc.integer({ min: 1, max: 100_000 }),
      adminEmailSeconds: fc.integer({ min: 1, max: 100_000 }),
      timeout: fc.integer({ min: 1, max: 100_000 }),
      delays: fc.array(fc.double({ min: 0, max: 5_000, noNaN: true }), { minLength: 1, maxLength: 40 }),
    });
    fc.assert(
      fc.property(settings, ({ timeout, delays, ...rules }) => {
        const schedule = nudgeSchedule(rules, timeout);
        const told: string[] = [];
        let nudged = 0;
        let waits = 0;
        for (let age = 0; age < timeout; waits++) {
          const next = dueNudges(schedule, nudged, age, timeout);
          told.push(...next.due);
          nudged = next.nudged;
          const awaited = schedule[nudged]?.after ?? timeout;
          age += next.seconds;
          expect(age).toBeGreaterThanOrEqual(awaited);
          age += delays[waits % delays.length] ?? 0;
        }
        expect(waits).toBeLessThanOrEqual(schedule.length + 1);
        expect(told.filter((nudge) => nudge === 'admin-email').length).toBeLessThanOrEqual(1);
        expect(told.length).toBeLessThanOrEqual(schedule.length);
      }),
    );
  });
});
