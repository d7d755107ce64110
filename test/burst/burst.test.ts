import { describe, expect, it } from 'vitest';
import { GENEROUS_MS } from '../support/generous.ts';
import { type Judged, judge } from './judge.ts';
import { type BurstFigures, playBurst } from './play.ts';

const figures = (changes: number, other: Partial<BurstFigures> = {}): BurstFigures => ({
  ...{ changes, quarantined: changes, requests: changes, policies: changes, announced: changes },
  ...{ emails: 0, failedExecutions: 0 },
  ...{ invocations: changes * 6, ledgerCalls: changes * 40, slackCalls: changes * 4 },
  ...{ callsToQuarantine: { p50: 17, p99: 17 }, peakHeapMegabytes: 100 },
  ...other,
});

const broken = (judged: readonly Judged[]) =>
  judged.filter(({ kept }) => !kept).map(({ promise }) => promise);

describe('a burst is judged', () => {
  it('as kept where each change was taken out and announced, and the work grew in step', () => {
    expect(broken(judge(figures(1), figures(25), figures(100)))).toEqual([]);
  });

  it.each<[string, Partial<BurstFigures>]>([
    ['out of force', { quarantined: 99 }],
    ['requests: none lost, none twice', { requests: 101 }],
    ['policies that they are about', { policies: 99 }],
    ['announced in Slack', { announced: 99 }],
    ['e-mails', { emails: 1 }],
    ['executions that failed', { failedExecutions: 1 }],
    ['AWS calls to quarantine, p99; alone 17', { callsToQuarantine: { p50: 17, p99: 35 } }],
    ['invocations', { invocations: 25 * 6 * 16 }],
    ['calls to the ledger', { ledgerCalls: 25 * 40 * 16 }],
    ['calls to Slack', { slackCalls: 25 * 4 * 16 }],
    ['heap of everything, MB', { peakHeapMegabytes: 1_600 }],
  ])('as broken where this is not so: %s', (promise, other) => {
    expect(broken(judge(figures(1), figures(25), figures(100, other)))).toEqual([promise]);
  });
});

it('10 changes at once and 40: none lost, none twice, each announced, and the work grows with their number', async () => {
  const burst = { seconds: 0, postingIntervalMs: 50, leastSeconds: GENEROUS_MS / 1000 };
  const one = await playBurst({ ...burst, changes: 1 });
  const few = await playBurst({ ...burst, changes: 10 });
  const many = await playBurst({ ...burst, changes: 40 });
  // The heap of a test's worker holds more than the burst.
  expect(broken(judge(one, few, many)).filter((promise) => !promise.startsWith('heap'))).toEqual([]);
});
