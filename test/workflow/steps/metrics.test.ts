import { beforeEach, expect, it, vi } from 'vitest';
import { createMetrics, type GuardMetrics } from '../../../workflow/steps/metrics.ts';
import { hearFunctions } from '../../support/hear-functions.ts';

let heard: string[];
let metrics: GuardMetrics;
const written = () => heard.map((line) => JSON.parse(line));

beforeEach(() => {
  heard = hearFunctions();
  metrics = createMetrics('contain');
});

it('writes how long a grant was in force, in the embedded metric format', () => {
  metrics.quarantined(4.2);
  expect(written()).toMatchObject([
    {
      service: 'contain',
      Quarantined: 1,
      SecondsInForce: 4.2,
      _aws: {
        CloudWatchMetrics: [
          {
            Namespace: 'PolicyGuard',
            Metrics: [
              { Name: 'Quarantined', Unit: 'Count' },
              { Name: 'SecondsInForce', Unit: 'Seconds' },
            ],
          },
        ],
      },
    },
  ]);
});

it('counts each end under its own outcome, and carries nothing over to the next', () => {
  metrics.ended('allowed');
  metrics.ended('duplicate');
  metrics.quarantineFailed();
  expect(written()).toMatchObject([
    { Ended: 1, outcome: 'allowed' },
    { Ended: 1, outcome: 'duplicate' },
    { QuarantineFailed: 1 },
  ]);
  expect(written()[2]).not.toHaveProperty('outcome');
});

it('tells apart when the last sweep was, and what one has found', () => {
  const { sinceSweep, foundBySweep } = createMetrics('reconcile');
  sinceSweep(25);
  foundBySweep(3);
  expect(written()).toMatchObject([{ MinutesSinceSweep: 25 }, { FoundBySweep: 3 }]);
});

it('is quiet where the library is told to be', () => {
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true');
  createMetrics('contain').quarantineFailed();
  expect(written()).toEqual([]);
});
