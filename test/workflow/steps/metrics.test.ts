import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { GuardMetrics } from '../../../workflow/steps/metrics.ts';
import { createMetrics } from '../../../workflow/steps/metrics.ts';

let written: Record<string, unknown>[];
let metrics: GuardMetrics;

beforeEach(() => {
  written = [];
  // The library writes past the console to standard output, as CloudWatch needs it.
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    written.push(JSON.parse(String(line)));
    return true;
  });
  metrics = createMetrics('contain');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

it('writes how long a grant was in force, in the embedded metric format', () => {
  metrics.quarantined(4.2);
  expect(written).toMatchObject([
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
  expect(written).toMatchObject([
    { Ended: 1, outcome: 'allowed' },
    { Ended: 1, outcome: 'duplicate' },
    { QuarantineFailed: 1 },
  ]);
  expect(written[2]).not.toHaveProperty('outcome');
});

it('is quiet where the library is told to be', () => {
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true');
  createMetrics('contain').quarantineFailed();
  expect(written).toEqual([]);
});
