import { IAM_EVENT_REGIONS } from '../../../workflow/events/iam-event-regions.ts';
import type { Environment } from '../../../workflow/runtime/settings/settings.ts';
import { assertIamEventRegion, partitionOf, WrongRegionError } from '../../aws/changes/iam-event-region.ts';
import type { GuardrailPlace } from '../../aws/guardrails/place.ts';
import { UsageError } from '../../command/run-command.ts';
import { readBootstrap } from './bootstrap.ts';
import { readDeployed } from './deployed.ts';
import { DEFAULT_OPERATOR, operatorRole } from './operator-role.ts';

/** The options that say what the place is. */
export const PLACE_OPTIONS = {
  account: { type: 'string' },
  region: { type: 'string' },
  partition: { type: 'string' },
  qualifier: { type: 'string' },
  'toolkit-stack': { type: 'string' },
  'operator-role': { type: 'string' },
  'api-id': { type: 'string' },
} as const;

export type PlaceValues = { [Name in keyof typeof PLACE_OPTIONS]?: string | undefined };

/** Source: the pattern of the parameter Qualifier in CDK's bootstrap template */
const QUALIFIER = /^[A-Za-z0-9_-]{1,10}$/;
const PATTERNS = {
  account: /^\d{12}$/,
  qualifier: QUALIFIER,
  'toolkit-stack': /^[A-Za-z][A-Za-z0-9-]{0,127}$/,
  'api-id': /^[a-z0-9]+$/,
} as const;

/**
 * Where the guard is: what the options say, else what the last deployment from here says, else the environment.
 *
 * @param folder where `cdk.json` and `cdk-outputs.json` may be
 * @throws UsageError saying which option is missing or wrong
 */
export function readPlace(values: PlaceValues, environment: Environment, folder: string): GuardrailPlace {
  assertShapes(values);
  const deployed = readDeployed(folder);
  const account = values.account ?? deployed?.account ?? environment.CDK_DEFAULT_ACCOUNT;
  if (account === undefined) {
    throw new UsageError(
      'Which account? Nothing was deployed from here yet, so give --account 123456789012.',
    );
  }
  const { region, partition } = refusing(() => {
    const found = values.region ?? regionOf(values.partition) ?? deployed?.region ?? usualRegion(environment);
    return { region: found, partition: partitionAt(found, values.partition) };
  });
  const bootstrap = readBootstrap(folder);
  const isHere = deployed?.account === account && deployed.region === region;
  return {
    account,
    partition,
    region,
    qualifier: values.qualifier ?? bootstrap.qualifier,
    toolkitStack: values['toolkit-stack'] ?? bootstrap.toolkitStack,
    operator: operatorRole(values['operator-role'] ?? DEFAULT_OPERATOR, account, partition),
    apiId: values['api-id'] ?? (isHere ? deployed.apiId : undefined),
  };
}

function assertShapes(values: PlaceValues): void {
  for (const [name, pattern] of Object.entries(PATTERNS)) {
    const value = values[name as keyof typeof PATTERNS];
    if (value === undefined || pattern.test(value)) continue;
    throw new UsageError(
      `--${name} ${JSON.stringify(value)} cannot be right: it has to match ${pattern.source}.`,
    );
  }
}

/** Wherever somebody works, the guard is in the one region of the partition where IAM events arrive. */
function usualRegion({ AWS_REGION, AWS_DEFAULT_REGION }: Environment): string {
  return IAM_EVENT_REGIONS[partitionOf(AWS_REGION ?? AWS_DEFAULT_REGION ?? IAM_EVENT_REGIONS.aws)];
}

function regionOf(partition: string | undefined): string | undefined {
  if (partition === undefined) return undefined;
  const found = Object.entries(IAM_EVENT_REGIONS).find(([name]) => name === partition);
  if (found !== undefined) return found[1];
  const known = Object.keys(IAM_EVENT_REGIONS).join(', ');
  throw new UsageError(`--partition ${JSON.stringify(partition)}: the guard runs in ${known}.`);
}

function partitionAt(region: string, wanted: string | undefined): string {
  assertIamEventRegion(region);
  const partition = partitionOf(region);
  if (wanted === undefined || wanted === partition) return partition;
  throw new UsageError(`The region ${region} is in the partition ${partition}, not in ${wanted}.`);
}

function refusing<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof WrongRegionError)) throw cause;
    throw new UsageError(cause.message, { cause });
  }
}
