import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';

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
