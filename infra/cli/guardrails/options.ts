import { parseArgs } from 'node:util';
import { IAM_EVENT_REGIONS } from '../../../workflow/events/iam-event-regions.ts';
import type { Environment } from '../../../workflow/runtime/settings/settings.ts';
import { assertIamEventRegion, partitionOf, WrongRegionError } from '../../aws/changes/iam-event-region.ts';
import type { GuardrailPlace } from '../../aws/guardrails/place.ts';
import { UsageError } from '../slack/usage-error.ts';
import { readBootstrap } from './bootstrap.ts';
import { readDeployed } from './deployed.ts';
import { DEFAULT_OPERATOR, operatorRole } from './operator-role.ts';

export type Options =
  | { command: 'help' }
  /** `out` is a folder for one file each; without it they are printed. */
  | { command: 'print'; place: GuardrailPlace; out?: string };

const OPTIONS = {
  account: { type: 'string' },
  region: { type: 'string' },
  partition: { type: 'string' },
  qualifier: { type: 'string' },
  'toolkit-stack': { type: 'string' },
  'operator-role': { type: 'string' },
  'api-id': { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

/** Source: the pattern of the parameter Qualifier in CDK's bootstrap template */
const QUALIFIER = /^[A-Za-z0-9_-]{1,10}$/;
const PATTERNS = {
  account: /^\d{12}$/,
  qualifier: QUALIFIER,
  'toolkit-stack': /^[A-Za-z][A-Za-z0-9-]{0,127}$/,
  'api-id': /^[a-z0-9]+$/,
} as const;

/**
 * @param args the command line, without node and script
 * @param folder where `cdk.json` and `cdk-outputs.json` may be
 * @throws UsageError saying which option is missing or wrong
 */
export function readOptions(args: readonly string[], environment: Environment, folder: string): Options {
  const values = parse(args);
  if (values.help === true) return { command: 'help' };
  assertShapes(values);
  return { command: 'print', place: readPlace(values, environment, folder), out: values.out };
}

type Values = ReturnType<typeof parse>;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (cause) {
    throw new UsageError(`${(cause as Error).message}\nnpm run -s guardrails -- --help tells all options.`, {
      cause,
    });
  }
}

function assertShapes(values: Values): void {
  for (const [name, pattern] of Object.entries(PATTERNS)) {
    const value = values[name as keyof typeof PATTERNS];
    if (value === undefined || pattern.test(value)) continue;
    throw new UsageError(
      `--${name} ${JSON.stringify(value)} cannot be right: it has to match ${pattern.source}.`,
    );
  }
}

function readPlace(values: Values, environment: Environment, folder: string): GuardrailPlace {
  const deployed = readDeployed(folder);
  const account = values.account ?? deployed?.account ?? environment.CDK_DEFAULT_ACCOUNT;
  if (account === undefined) {
    throw new UsageError(
      'Which account? Nothing was deployed from here yet, so give --account 123456789012.',
    );
  }
  const region = values.region ?? regionOf(values.partition) ?? deployed?.region ?? usualRegion(environment);
  const partition = partitionAt(region, values.partition);
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

function usualRegion({ AWS_REGION, AWS_DEFAULT_REGION }: Environment): string {
  return AWS_REGION ?? AWS_DEFAULT_REGION ?? IAM_EVENT_REGIONS.aws;
}

function regionOf(partition: string | undefined): string | undefined {
  if (partition === undefined) return undefined;
  const found = Object.entries(IAM_EVENT_REGIONS).find(([name]) => name === partition);
  if (found !== undefined) return found[1];
  const known = Object.keys(IAM_EVENT_REGIONS).join(', ');
  throw new UsageError(`--partition ${JSON.stringify(partition)}: the guard runs in ${known}.`);
}

function partitionAt(region: string, wanted: string | undefined): string {
  try {
    assertIamEventRegion(region);
    const partition = partitionOf(region);
    if (wanted === undefined || wanted === partition) return partition;
    throw new UsageError(`The region ${region} is in the partition ${partition}, not in ${wanted}.`);
  } catch (cause) {
    if (!(cause instanceof WrongRegionError)) throw cause;
    throw new UsageError(cause.message, { cause });
  }
}
