import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Outcome } from '../ledger/request.ts';

export const METRICS_NAMESPACE = 'PolicyGuard';

/** The numbers that the dashboard and the alarms read. */
export const METRIC = {
  /** From the change to its quarantine, in seconds. */
  secondsInForce: 'SecondsInForce',
  quarantined: 'Quarantined',
  quarantineFailed: 'QuarantineFailed',
  /** Slack did not take a message, and it went by e-mail or nowhere. */
  slackFailed: 'SlackFailed',
  /** How many others than ADMIN_EMAIL get the e-mails. */
  strangersSubscribed: 'StrangersSubscribed',
  /** A request to a public address that nothing proves to come from Slack, or from one of our links. */
  strangerRefused: 'StrangerRefused',
  /** From the request to a person's decision, in minutes. */
  minutesToDecision: 'MinutesToDecision',
  /**
   * Executions by their outcome, the dimension `outcome`. Counted once each, by the function that is the last to
   * work for it: `inspect` for what is let through untold, `notify` for everything else.
   */
  ended: 'Ended',
  /** Once for each run of reconcile that came through. */
  reconciled: 'Reconciled',
  /** CloudTrail could not be asked which events are genuine. */
  cloudTrailAway: 'CloudTrailAway',
  /** From the last sweep that came through, in minutes; none before the first. With each run of reconcile. */
  minutesSinceSweep: 'MinutesSinceSweep',
  /** How many grants a sweep had to find, because no event had come. */
  foundBySweep: 'FoundBySweep',
} as const;

export interface GuardMetrics {
  quarantined(secondsInForce: number): void;
  quarantineFailed(): void;
  slackFailed(): void;
  strangerRefused(): void;
  decided(minutes: number): void;
  ended(outcome: Outcome): void;
}

export interface ReconcileMetrics {
  cloudTrailAway(): void;
  strangersSubscribed(count: number): void;
  reconciled(): void;
  sinceSweep(minutes: number): void;
  foundBySweep(count: number): void;
}

/**
 * Counts through the embedded metric format: one JSON line on standard output for each call. The library's own
 * switch POWERTOOLS_METRICS_DISABLED keeps them quiet.
 *
 * @param service the function's name, e.g. `contain`
 */
export function createMetrics(service: string): GuardMetrics & ReconcileMetrics {
  const metrics = new Metrics({ namespace: METRICS_NAMESPACE, serviceName: service });
  return {
    quarantined: (secondsInForce) => {
      metrics.addMetric(METRIC.quarantined, MetricUnit.Count, 1);
      metrics.addMetric(METRIC.secondsInForce, MetricUnit.Seconds, secondsInForce);
      metrics.publishStoredMetrics();
    },
    quarantineFailed: () => {
      metrics.addMetric(METRIC.quarantineFailed, MetricUnit.Count, 1);
      metrics.publishStoredMetrics();
    },
    slackFailed: () => {
      metrics.addMetric(METRIC.slackFailed, MetricUnit.Count, 1);
      metrics.publishStoredMetrics();
    },
    strangersSubscribed: (count) => {
      metrics.addMetric(METRIC.strangersSubscribed, MetricUnit.Count, count);
      metrics.publishStoredMetrics();
    },
    strangerRefused: () => {
      metrics.addMetric(METRIC.strangerRefused, MetricUnit.Count, 1);
      metrics.publishStoredMetrics();
    },
    decided: (minutes) => {
      metrics.addMetric(METRIC.minutesToDecision, MetricUnit.NoUnit, minutes);
      metrics.publishStoredMetrics();
    },
    reconciled: () => {
      metrics.addMetric(METRIC.reconciled, MetricUnit.Count, 1);
      metrics.publishStoredMetrics();
    },
    cloudTrailAway: () => {
      metrics.addMetric(METRIC.cloudTrailAway, MetricUnit.Count, 1);
      metrics.publishStoredMetrics();
    },
    sinceSweep: (minutes) => {
      metrics.addMetric(METRIC.minutesSinceSweep, MetricUnit.NoUnit, minutes);
      metrics.publishStoredMetrics();
    },
    foundBySweep: (count) => {
      metrics.addMetric(METRIC.foundBySweep, MetricUnit.Count, count);
      metrics.publishStoredMetrics();
    },
    ended: (outcome) => {
      metrics.addDimension('outcome', outcome);
      metrics.addMetric(METRIC.ended, MetricUnit.Count, 1);
      metrics.publishStoredMetrics();
    },
  };
}
