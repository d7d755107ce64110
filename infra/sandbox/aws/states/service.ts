import * as z from '../../../../workflow/runtime/zod.ts';
import { DATA_LIMIT_BYTES } from '../../faults/table.ts';
import { AwsError, type Operation, type Service } from '../front-door/service.ts';
import type { Engine, StartedExecution } from './engine.ts';
import type { HistoryEvent } from './history.ts';

/** Without white space, wildcards, brackets or special characters (StartExecution, `name`). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: AWS forbids them by range
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]+$/;
const ARN = /^arn:[\w-]+:states:[\w-]*:\d{12}:\w+:.+/;

const text = z.string();
const inputs = {
  startExecution: z.object({
    stateMachineArn: text,
    name: z.optional(text.check(z.minLength(1), z.maxLength(80))),
    input: z._default(text, '{}'),
  }),
  execution: z.object({ executionArn: text }),
  stopExecution: z.object({ executionArn: text, error: z.optional(text), cause: z.optional(text) }),
  redriveExecution: z.object({
    executionArn: text,
    clientToken: z.optional(text.check(z.minLength(1), z.maxLength(64))),
  }),
  stateMachine: z.object({ stateMachineArn: text }),
  listExecutions: z.object({
    stateMachineArn: text,
    statusFilter: z.optional(z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'])),
    maxResults: z.optional(z.int().check(z.gte(0), z.lte(1000))),
    nextToken: z.optional(text),
  }),
  history: z.object({
    executionArn: text,
    reverseOrder: z._default(z.boolean(), false),
    includeExecutionData: z._default(z.boolean(), true),
    maxResults: z.optional(z.int().check(z.gte(0), z.lte(1000))),
    nextToken: z.optional(text),
  }),
  taskToken: z.object({ taskToken: text.check(z.minLength(1), z.maxLength(2048)) }),
  taskSuccess: z.object({
    taskToken: text.check(z.minLength(1), z.maxLength(2048)),
    output: text.check(z.maxLength(DATA_LIMIT_BYTES)),
  }),
  taskFailure: z.object({
    taskToken: text.check(z.minLength(1), z.maxLength(2048)),
    error: z._default(text.check(z.maxLength(256)), ''),
    cause: z._default(text.check(z.maxLength(32_768)), ''),
  }),
};

/** Step Functions' API, as far as the product, the AWS CLI and a curious user need it, over one state machine. */
export function createStepFunctionsService(engine: Engine): Service {
  return {
    StartExecution: on(inputs.startExecution, (input) => startExecution(engine, input)),
    DescribeExecution: on(inputs.execution, ({ executionArn }) => describe(find(engine, executionArn))),
    StopExecution: on(inputs.stopExecution, ({ executionArn, error, cause }) => {
      const execution = find(engine, executionArn);
      execution.stop(error, cause);
      return { stopDate: execution.stoppedAt };
    }),
    RedriveExecution: on(inputs.redriveExecution, ({ executionArn }) => {
      const execution = find(engine, executionArn);
      const reason = execution.notRedrivable;
      if (reason !== undefined) throw new AwsError('ExecutionNotRedrivable', reason);
      return { redriveDate: execution.redrive() };
    }),
    ListExecutions: on(inputs.listExecutions, (input) => {
      checkMachine(engine, input.stateMachineArn);
      const wanted = engine
        .executions()
        .filter((execution) => input.statusFilter === undefined || execution.status === input.statusFilter);
      const { page, nextToken } = paginate(wanted, input);
      return { executions: page.map(summary), nextToken };
    }),
    GetExecutionHistory: on(inputs.history, (input) => {
      const events = [...find(engine, input.executionArn).history];
      const { page, nextToken } = paginate(input.reverseOrder ? events.reverse() : events, input);
      return { events: input.includeExecutionData ? page : page.map(withoutData), nextToken };
    }),
    DescribeStateMachine: on(inputs.stateMachine, ({ stateMachineArn }) => {
      checkMachine(engine, stateMachineArn);
      return {
        ...machineSummary(engine),
        status: 'ACTIVE',
        roleArn: engine.roleArn,
        definition: JSON.stringify(engine.definition, null, 2),
        loggingConfiguration: { level: 'OFF', includeExecutionData: false },
        tracingConfiguration: { enabled: false },
        encryptionConfiguration: { type: 'AWS_OWNED_KEY' },
      };
    }),
    ListStateMachines: on(z.object({}), () => ({ stateMachines: [machineSummary(engine)] })),
    ...taskOperations(engine),
  };
}

function taskOperations({ tokens }: Engine): Service {
  return {
    SendTaskSuccess: on(inputs.taskSuccess, async ({ taskToken, output }) => {
      const result = parseJson(output, 'InvalidOutput', "Invalid Output: 'Invalid JSON'");
      await tokens.find(taskToken).succeed(result);
      return {};
    }),
    SendTaskFailure: on(inputs.taskFailure, async ({ taskToken, error, cause }) => {
      await tokens.find(taskToken).fail(error, cause);
      return {};
    }),
    SendTaskHeartbeat: on(inputs.taskToken, ({ taskToken }) => {
      tokens.find(taskToken);
      return {};
    }),
  };
}

/** Validates an operation's input first. */
function on<Input>(schema: z.ZodMiniType<Input>, operation: (input: Input) => object): Operation {
  return (raw) => {
    const result = schema.safeParse(raw);
    if (result.success) return operation(result.data);
    const problems = result.error.issues.map((issue) => `'${issue.path.join('.')}': ${issue.message}`);
    const noun = problems.length === 1 ? 'validation error' : 'validation errors';
    throw new AwsError('ValidationException', `${problems.length} ${noun} detected: ${problems.join('; ')}`);
  };
}

function startExecution(engine: Engine, input: z.output<typeof inputs.startExecution>) {
  checkMachine(engine, input.stateMachineArn);
  if (Buffer.byteLength(input.input) > DATA_LIMIT_BYTES) {
    throw new AwsError('ValidationException', `'input': must have length at most ${DATA_LIMIT_BYTES} bytes`);
  }
  const parsed = parseJson(
    input.input,
    'InvalidExecutionInput',
    "Invalid State Machine Execution Input: 'Invalid JSON'",
  );
  if (isDeeper(parsed, DEEPEST_INPUT)) {
    throw new AwsError('InvalidExecutionInput', "Invalid State Machine Execution Input: 'Too deep'");
  }
  if (input.name !== undefined && !NAME.test(input.name)) {
    throw new AwsError('InvalidName', `Invalid Name: '${input.name}'`);
  }
  const same = input.name === undefined ? undefined : engine.find(engine.executionArn(input.name));
  if (same && (same.status !== 'RUNNING' || same.input !== input.input)) {
    throw new AwsError('ExecutionAlreadyExists', `Execution Already Exists: '${same.arn}'`);
  }
  const execution = same ?? engine.start(input.input, input.name);
  return { executionArn: execution.arn, startDate: execution.startedAt };
}

/** What AWS takes is not documented; deeper than this the interpreter cannot copy it. */
const DEEPEST_INPUT = 1_000;

/** Level by level, for recursion would be too deep itself. */
function isDeeper(value: unknown, deepest: number): boolean {
  let level = [value];
  for (let depth = 0; depth <= deepest; depth++) {
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
    if (level.length === 0) return false;
  }
  return true;
}

function parseJson(json: string, code: string, message: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new AwsError(code, message);
  }
}

function checkMachine(engine: Engine, arn: string): void {
  if (arn === engine.stateMachineArn) return;
  if (!ARN.test(arn)) throw new AwsError('InvalidArn', `Invalid Arn: '${arn}'`);
  throw new AwsError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

function find(engine: Engine, arn: string): StartedExecution {
  if (!ARN.test(arn)) throw new AwsError('InvalidArn', `Invalid Arn: '${arn}'`);
  const execution = engine.find(arn);
  if (!execution) throw new AwsError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return execution;
}

function machineSummary({ stateMachineArn, createdAt }: Engine) {
  const name = stateMachineArn.split(':').at(-1);
  return { stateMachineArn, name, type: 'STANDARD', creationDate: createdAt };
}

function summary(execution: StartedExecution) {
  const { arn, stateMachineArn, name, status, startedAt, stoppedAt, redriveCount, redrivenAt } = execution;
  return {
    ...{ executionArn: arn, stateMachineArn, name, status, startDate: startedAt, stopDate: stoppedAt },
    ...{ redriveCount, redriveDate: redrivenAt },
  };
}

function describe(execution: StartedExecution) {
  const reason = execution.notRedrivable;
  return {
    ...summary(execution),
    ...{ input: execution.input, ...execution.end },
    redriveStatus: reason === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    redriveStatusReason: reason,
  };
}

/** `includeExecutionData: false`: inputs, outputs and parameters stay out. */
function withoutData(event: HistoryEvent): object {
  const redacted = Object.entries(event).map(([key, value]) => {
    if (!key.endsWith('EventDetails')) return [key, value];
    const { input, output, parameters, ...rest } = value as Record<string, unknown>;
    return [key, rest];
  });
  return Object.fromEntries(redacted);
}

/** 100 is what AWS returns unless told otherwise. The token is the index of the next item. */
function paginate<Item>(items: readonly Item[], page: { maxResults?: number; nextToken?: string }) {
  const from = page.nextToken === undefined ? 0 : Number(page.nextToken);
  if (!Number.isInteger(from) || from < 0) {
    throw new AwsError('InvalidToken', `Invalid Token: '${page.nextToken}'`);
  }
  const to = from + (page.maxResults || 100);
  return { page: items.slice(from, to), nextToken: to < items.length ? String(to) : undefined };
}
