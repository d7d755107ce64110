import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { EmailState } from '../api/contract.ts';
import type { Draw } from '../faults/draws.ts';
import { createEventHistory, type EventHistory } from './cloudtrail/lookup-events.ts';
import { type CloudTrailRecord, isIamWrite, isInHistory, toRecord } from './cloudtrail/record.ts';
import { createHandler } from './front-door/handler.ts';
import type { Service } from './front-door/service.ts';
import { hostedServices } from './hosted-services.ts';
import type { OldCall } from './iam/account-from-before.ts';
import { findRole } from './iam/find.ts';
import { createIamBackend, type IamBackend } from './iam/iam-backend.ts';
import { createPermissions, type Permissions } from './roles/permissions.ts';
import { createSecretsBackend, type SecretsBackend } from './secretsmanager/secrets-backend.ts';
import { createSnsBackend, type SnsBackend } from './sns/sns-backend.ts';
import { type Callers, type Credentials, createCallers } from './sts/callers.ts';
import {
  addFunctionRole,
  addServiceRole,
  addWellKnownCallers,
  functionSession,
  type WellKnownCaller,
} from './sts/well-known-callers.ts';

const EVENT_BRIDGE = 'events.amazonaws.com';

interface Started {
  arn: string;
  name: string;
  startedAt: Date;
}

export interface AwsEndpointOptions {
  accountId: string;
  region: string;
  now: () => Date;
  stepFunctions: Service;
  /** Nothing unless given. */
  events?: Service;
  /** What functions may invoke; nothing unless given. */
  lambda?: Service;
  /** dynalite's server: it is handed requests and need not listen. */
  dynamo: Server;
  /** Where the endpoint can be reached, e.g. `http://localhost:4566`; asked when a link is written. */
  endpointUrl: () => string;
  /** What reads of IAM draw their lag by. */
  draw?: Draw;
  /** Milliseconds until `LookupEvents` finds an event; at once unless given. */
  eventHistoryDelayMs?: number;
  /** The one state machine; asked for once a task is answered. */
  stateMachineArn?: () => string;
  /** Called with the CloudTrail record of every IAM write, also of those that were refused. */
  onRecord: (record: CloudTrailRecord) => void;
  /** Called for every e-mail that SNS sends. */
  onEmail?: (email: EmailState) => void;
  /** Called when a service fails otherwise than with an AwsError; the client gets `InternalFailure`. */
  onInternalError: (error: unknown) => void;
}

export interface AwsEndpoint {
  /** For `http.createServer`. */
  handler: (request: IncomingMessage, response: ServerResponse) => void;
  iam: IamBackend;
  sns: SnsBackend;
  secrets: SecretsBackend;
  callers: Callers;
  /** What roles may do, where that is limited. */
  permissions: Permissions;
  history: EventHistory;
  /** Who can make changes, with fixed keys; the first one is the default. */
  wellKnownCallers: WellKnownCaller[];
  /** Has CloudTrail record that EventBridge has started an execution, by a role of its own. */
  recordStart(execution: Started): void;
  /** Creates a role for Lambda functions. @returns its ARN */
  addFunctionRole(roleName: string): string;
  /** Credentials as a function has them that was made with this role, by whoever may pass it on. */
  functionCredentials(roleName: string, functionArn: string): Required<Credentials>;
  /** Has CloudTrail's history show calls of the first caller's from before; no event comes of them. */
  recordFromBefore(calls: readonly OldCall[]): void;
}

/** The AWS of the sandbox behind one address: every service is told by the signature of the request. */
export function createAwsEndpoint(options: AwsEndpointOptions): AwsEndpoint {
  const iam = createIamBackend(options);
  const sns = createSnsBackend(options);
  const secrets = createSecretsBackend(options);
  const callers = createCallers(iam.state);
  const history = createEventHistory({ now: options.now, delayMs: options.eventHistoryDelayMs ?? 0 });
  const permissions = createPermissions({
    ...options,
    stateMachineArn: options.stateMachineArn ?? (() => ''),
    iam: iam.state,
  });
  const handler = createHandler({
    callers,
    now: options.now,
    dynamo: options.dynamo,
    require: permissions.require,
    onInternalError: options.onInternalError,
    onCall: (call) => {
      if (!isInHistory(call)) return;
      const record = toRecord(call);
      history.add(record);
      if (isIamWrite(call)) options.onRecord(record);
    },
    services: hostedServices({ ...options, iam, sns, secrets, cloudTrail: history.service }),
  });
  const wellKnownCallers = addWellKnownCallers(iam.state, callers);
  const eventBridge = addServiceRole(iam.state, callers, 'policy-guard-changes', EVENT_BRIDGE);
  return {
    handler,
    iam,
    sns,
    secrets,
    callers,
    permissions,
    history,
    wellKnownCallers,
    recordFromBefore: (calls) => {
      const [first] = wellKnownCallers;
      if (first === undefined) return;
      const { accessKeyId, sessionToken } = first.credentials;
      const { caller } = callers.authenticate(accessKeyId, sessionToken);
      const about = { caller, requestId: randomUUID(), sourceIp: '203.0.113.7', userAgent: 'aws-cli/2.15.0' };
      for (const call of calls) history.add(toRecord({ ...call, ...about }));
    },
    recordStart: ({ arn, name, startedAt }) => {
      history.add(
        toRecord({
          ...{ service: 'states', operation: 'StartExecution', input: { name }, at: startedAt },
          ...{
            caller: eventBridge,
            sourceIp: EVENT_BRIDGE,
            userAgent: EVENT_BRIDGE,
            requestId: randomUUID(),
          },
          output: { executionArn: arn, startDate: startedAt },
        }),
      );
    },
    addFunctionRole: (roleName) => addFunctionRole(iam.state, roleName).arn,
    functionCredentials: (roleName, functionArn) =>
      functionSession(callers, findRole(iam.state, roleName), functionArn),
  };
}
