import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { FunctionName } from '../../../workflow/runtime/settings/schema.ts';
import { METRICS_NAMESPACE } from '../../../workflow/steps/metrics.ts';

/** Short enough for a person to hear soon, long enough that one datum is not split over two. */
export const PERIOD = Duration.minutes(5);

/** A metric over five minutes, for which there is no method on a construct. */
export function metric(
  namespace: string,
  metricName: string,
  statistic: string,
  dimensionsMap: Record<string, string> = {},
): Metric {
  return new Metric({ namespace, metricName, statistic, dimensionsMap, period: PERIOD });
}

/** One of the guard's own numbers, as this function counts it. */
export function guardMetric(metricName: string, service: FunctionName, statistic: string): Metric {
  return metric(METRICS_NAMESPACE, metricName, statistic, { service });
}
