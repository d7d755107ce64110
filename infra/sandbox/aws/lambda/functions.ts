import { randomUUID } from 'node:crypto';
import type { Context } from 'aws-lambda';
import { FunctionError, toFunctionError } from './function-error.ts';
import { createInstances, type Instances } from './instances.ts';

export type FunctionHandler = (event: never, context: Context) => Promise<unknown>;

export interface FunctionDefinition {
  handler: FunctionHandler;
  /** As deployed; afterwards the function has failed. */
  timeoutSeconds: number;
}

export interface Functions {
  /** @throws FunctionError when the function fails, runs out of time or does not exist */
  invoke(nameOrArn: string, payload: unknown): Promise<unknown>;
  arn(name: string): string;
  /** Whether there is such a function, by its name or ARN. */
  has(nameOrArn: string): boolean;
}

/**
 * Calls functions as Lambda does: event and result pass through JSON, so nothing is shared by reference, and the
 * context has what Lambda's has.
 */
export function createFunctions(
  definitions: Readonly<Record<string, FunctionDefinition>>,
  { region, accountId }: { region: string; accountId: string },
  instances: Instances = createInstances(),
): Functions {
  const arn = (name: string) => `arn:aws:lambda:${region}:${accountId}:function:${name}`;

  async function invoke(nameOrArn: string, payload: unknown): Promise<unknown> {
    const name = nameOf(nameOrArn);
    const definition = definitions[name];
    if (definition === undefined) {
      throw new FunctionError('Lambda.ResourceNotFoundException', `Function not found: ${nameOrArn}`);
    }
    const event = structuredJson(payload);
    const release = await instances.take(name);
    try {
      return await runWithin(definition, event, name, arn(name));
    } finally {
      release();
    }
  }

  return { invoke, arn, has: (nameOrArn) => Object.hasOwn(definitions, nameOf(nameOrArn)) };
}

function nameOf(nameOrArn: string): string {
  return nameOrArn.split(':').at(-1) ?? nameOrArn;
}

/** What is left of a value after a trip through JSON; `undefined` becomes null, as in an empty Lambda response. */
export function structuredJson(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value) ?? 'null');
}

async function runWithin(definition: FunctionDefinition, event: unknown, name: string, arn: string) {
  const requestId = randomUUID();
  const deadline = Date.now() + definition.timeoutSeconds * 1000;
  const { promise: timeout, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => reject(timedOut(requestId, definition.timeoutSeconds)),
    definition.timeoutSeconds * 1000,
  );
  try {
    const call = definition.handler(event as never, lambdaContext(name, arn, requestId, deadline));
    return structuredJson(await Promise.race([call, timeout]));
  } catch (error) {
    throw error instanceof FunctionError ? error : toFunctionError(error);
  } finally {
    clearTimeout(timer);
  }
}

function timedOut(requestId: string, seconds: number): FunctionError {
  const message = `${new Date().toISOString()} ${requestId} Task timed out after ${seconds.toFixed(2)} seconds`;
  return new FunctionError('Sandbox.Timedout', message);
}

function lambdaContext(functionName: string, arn: string, awsRequestId: string, deadline: number): Context {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    memoryLimitInMB: '512',
    awsRequestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: `sandbox/[$LATEST]${awsRequestId.replaceAll('-', '')}`,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    // Node 24's Lambda runtime has no callbacks; the type still asks for them.
    done: () => undefined,
    fail: () => undefined,
    succeed: () => undefined,
  };
}
