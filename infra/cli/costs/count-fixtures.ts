import type { Fixtures } from './prices.ts';

interface Template {
  Resources: Record<string, { Type: string; Properties?: { Metrics?: { MetricStat?: unknown }[] } }>;
}

/** What the stack has that costs by the month. An alarm over several metrics is billed for each of them. */
export function countFixtures({ Resources }: Template): Fixtures {
  const all = (type: string) => Object.values(Resources).filter((resource) => resource.Type === type);
  const metricsIn = (metrics: { MetricStat?: unknown }[] | undefined) =>
    metrics?.filter(({ MetricStat }) => MetricStat !== undefined).length ?? 1;
  return {
    secrets: all('AWS::SecretsManager::Secret').length,
    keys: all('AWS::KMS::Key').length,
    alarmMetrics: all('AWS::CloudWatch::Alarm').reduce(
      (sum, { Properties }) => sum + metricsIn(Properties?.Metrics),
      0,
    ),
    dashboards: all('AWS::CloudWatch::Dashboard').length,
  };
}
