import { randomBytes } from 'node:crypto';
import {
  DescribeExecutionCommand,
  type ExecutionStatus,
  paginateListExecutions,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { AwsClientConfig } from '../runtime/aws-client.ts';
import { isNamed } from '../runtime/is-named.ts';
import type { Execution, Executions } from './executions.ts';

/** Nobody waits for reconcile, so it is patient; but one call must not use up the function's time. Milliseconds. */
const TRY_MS = 5_000;

/** The most that ListExecutions gives at once. */
const PAGE = 1_000;

const BAD_ENDS: readonly ExecutionStatus[] = ['FAILED', 'TIMED_OUT', 'ABORTED'];

/** Executions over the SDK; every failure but those that are answers comes through as it was thrown. */
export function createExecutions(stateMachineArn: string, aws: AwsClientConfig): Executions {
  const client = new SFNClient({
    ...aws,
    maxAttempts: 4,
    requestHandler: { connectionTimeout: TRY_MS, requestTimeout: TRY_MS, throwOnRequestTimeout: true },
  });
  const arnOf = (name: string) => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  const unguessable = (name: string) => `${name}-${randomBytes(4).toString('hex')}`;

  /** @returns false when there is one of this name, which may be another's */
  async function tryToStart(name: string, input: string): Promise<boolean> {
    try {
      await client.send(new StartExecutionCommand({ stateMachineArn, name, input }));
      return true;
    } catch (error) {
      if (isNamed(error, 'ExecutionAlreadyExists')) return false;
      throw error;
    }
  }

  async function list(statusFilter: ExecutionStatus, since?: Date): Promise<string[]> {
    const arns: string[] = [];
    const pages = paginateListExecutions({ client, pageSize: PAGE }, { stateMachineArn, statusFilter });
    for await (const { executions = [] } of pages) {
      for (const { executionArn, stopDate } of executions) {
        const wanted = since === undefined || (stopDate !== undefined && stopDate >= since);
        if (wanted && executionArn !== undefined) arns.push(executionArn);
      }
    }
    return arns;
  }

  return {
    arnOf,
    running: async () => new Set(await list('RUNNING')),
    endedBadly: async (since) => (await Promise.all(BAD_ENDS.map((status) => list(status, since)))).flat(),
    describe: (executionArn) => describe(client, executionArn),
    unguessable,
    start: async (name, input) => {
      if (await tryToStart(name, input)) return arnOf(name);
      const there = await describe(client, arnOf(name));
      if (there === undefined || there.input === input) return arnOf(name);
      const another = unguessable(name);
      await tryToStart(another, input);
      return arnOf(another);
    },
  };
}

async function describe(client: SFNClient, executionArn: string): Promise<Execution | undefined> {
  try {
    const found = await client.send(new DescribeExecutionCommand({ executionArn }));
    const { name = '', status = '', input = '{}', startDate, error } = found;
    const known = { arn: executionArn, name, status, input };
    return { ...known, ...(startDate && { startedAt: startDate }), ...(error !== undefined && { error }) };
  } catch (error) {
    if (isNamed(error, 'ExecutionDoesNotExist')) return undefined;
    throw error;
  }
}
