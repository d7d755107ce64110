import type { Server } from 'node:http';
import dynalite from 'dynalite';
import { eventPattern } from '../../workflow/events/event-pattern.ts';
import { machineStatements, STEP_FUNCTIONS } from '../functions/machine-statements.ts';
import { readPolicy } from '../iam-evaluator/policy.ts';
import type { Clock } from './aws/clock.ts';
import { type AwsEndpoint, createAwsEndpoint } from './aws/create-aws-endpoint.ts';
import { createEventBus, type EventBus } from './aws/events/event-bus.ts';
import { createEventsService } from './aws/events/events-service.ts';
import { createUndeliveredQueue, type UndeliveredQueue } from './aws/events/undelivered.ts';
import type { Functions } from './aws/lambda/functions.ts';
import { createLambdaService, RETRY_MS } from './aws/lambda/lambda-service.ts';
import { invocableBy } from './aws/roles/invocations.ts';
import { loadDefinition, withTimeouts } from './aws/states/definition.ts';
import { createEngine, type Engine, type StateMachineSettings } from './aws/states/engine.ts';
import { createStepFunctionsService } from './aws/states/service.ts';
import type { Draw } from './faults/draws.ts';
import { PLACE } from './place.ts';

const DEFINITION = new URL('../../workflow/state-machine.asl.json', import.meta.url);

/** The rule that starts the state machine. */
export const RULE_NAME = 'policy-guard-changes';

interface CloudOptions {
  /** Address of the AWS endpoint. */
  url: string;
  cloudTrailDelayMs: number;
  eventHistoryDelayMs: number;
  functions: Functions;
  clock: Clock;
  draw: Draw;
  hurryMs?: number | undefined;
  /** Every step that runs a function has so many seconds at the least. */
  leastSeconds: number;
  /** What runs the state machine; the embedded interpreter unless given. */
  interpreter?: ((machine: StateMachineSettings) => Engine) | undefined;
  /** Called whenever something has happened that can be seen. */
  changed: () => void;
  failed: (error: unknown) => void;
}

/** The AWS around the functions. */
interface Cloud {
  aws: AwsEndpoint;
  bus: EventBus;
  engine: Engine;
  undelivered: UndeliveredQueue;
  close(): Promise<void>;
}

/** IAM and its friends behind one address; CloudTrail's records go through the event bus to the state machine. */
export function createCloud({
  url,
  cloudTrailDelayMs,
  eventHistoryDelayMs,
  functions,
  clock,
  draw,
  hurryMs,
  leastSeconds,
  interpreter = createEngine,
  changed,
  failed,
}: CloudOptions): Cloud {
  const loaded = loadDefinition(DEFINITION, {
    Partition: 'aws',
    InspectFunctionArn: functions.arn('inspect'),
    ContainFunctionArn: functions.arn('contain'),
    NotifyFunctionArn: functions.arn('notify'),
  });
  const definition = withTimeouts(loaded, (seconds) => Math.max(seconds, leastSeconds));
  const steps = machineStatements(STEP_FUNCTIONS.map((name) => functions.arn(name)));
  const engine = interpreter({
    ...{ ...PLACE, name: 'policy-guard', definition, hurryMs, now: clock.now, changed },
    functions: invocableBy(
      `arn:aws:sts::${PLACE.accountId}:assumed-role/policy-guard-state-machine/policy-guard`,
      readPolicy({ Version: '2012-10-17', Statement: steps }),
      functions,
    ),
  });
  const undelivered = createUndeliveredQueue();
  const bus = createEventBus({
    ...{ delayMs: cloudTrailDelayMs, draw },
    pattern: eventPattern(),
    target: (event) => aws.recordStart(engine.start(JSON.stringify(event))),
    onError: (_error, event) => undelivered.add(event),
  });
  const lambda = createLambdaService({
    ...{ functions, failed },
    retryMs: hurryMs === undefined ? RETRY_MS : RETRY_MS.map(() => hurryMs),
  });
  const dynamo: Server = dynalite({ createTableMs: 0 });
  const aws = createAwsEndpoint({
    ...PLACE,
    ...{ now: clock.now, draw, endpointUrl: () => url, dynamo, eventHistoryDelayMs },
    stepFunctions: createStepFunctionsService(engine),
    stateMachineArn: () => engine.stateMachineArn,
    lambda: lambda.service,
    events: createEventsService({ ...PLACE, name: RULE_NAME, pattern: eventPattern() }),
    onRecord: (record) => {
      changed();
      bus.deliver(record);
    },
    onEmail: changed,
    onInternalError: failed,
  });
  return {
    ...{ aws, bus, engine, undelivered },
    async close() {
      bus.close();
      lambda.close();
      await engine.close();
      // It never listened; what it holds is given back to memory.
      dynamo.close();
    },
  };
}
