import { listAlong, STATUSES } from '../../../workflow/ledger/along-the-way.ts';
import type { AuditEntry } from '../../../workflow/ledger/audit-trail.ts';
import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import type { ApprovalRequest, Outcome } from '../../../workflow/ledger/request.ts';
import type { AwsEndpoint } from '../aws/create-aws-endpoint.ts';
import type { Engine, StartedExecution } from '../aws/states/engine.ts';
import type { Faults } from '../faults/faults.ts';
import type { SandboxSettings } from '../settings.ts';
import type { FakeSlack } from '../slack/slack.ts';
import type { Workspace } from '../slack/workspace.ts';
import type { ExecutionState, RequestState, SandboxState } from './contract.ts';

interface StateSources {
  settings: SandboxSettings;
  aws: AwsEndpoint;
  slack: FakeSlack;
  engine: Engine;
  faults: Faults;
  recorded: () => Promise<Recorded>;
  endpoints: { aws: string; page: string };
}

/** More than one can look at; what is older is still in the ledger. */
const REQUESTS = 200;
const AUDIT_ENTRIES = 200;

/** What of the ledger is shown: requests and audit entries, the newest first. */
interface Recorded {
  requests: ApprovalRequest[];
  audit: AuditEntry[];
}

export async function readRecorded(ledger: Ledger): Promise<Recorded> {
  const [listed, audit] = await Promise.all([
    listAlong(
      STATUSES,
      (status) => ledger.list(status, REQUESTS),
      ({ id }) => id,
    ),
    ledger.recentAudit(AUDIT_ENTRIES),
  ]);
  return { requests: listed.sort((a, b) => b.createdAt.localeCompare(a.createdAt)), audit };
}

/** Everything that the page shows, read from where it really is. */
export async function readState(sources: StateSources): Promise<SandboxState> {
  const { settings, aws, slack, engine, faults, recorded, endpoints } = sources;
  const { requests, audit } = await recorded();
  return {
    policies: aws.iam.listPolicies(),
    entities: aws.iam.listEntities(),
    requests: requests.map(requestState),
    executions: engine.executions().map((execution) => executionState(execution, requests)),
    slack: { ...slackState(slack.workspace), exchanges: slack.traffic.list() },
    emails: [...aws.sns.emails],
    people: slack.workspace.people.map(({ id, name, email, kind, role }) => ({
      id,
      name,
      email,
      kind,
      role,
    })),
    callers: aws.wellKnownCallers.map(({ accessKeyId, secretAccessKey, label, arn }) => ({
      ...{ accessKeyId, secretAccessKey, label, arn },
    })),
    audit: audit.map(({ at, event, detail, requestId, slackUserId, slackTeamId }) => ({
      ...{ at, event, detail, requestId, slackUserId, slackTeamId },
    })),
    settings: {
      restrictedActions: settings.restrictedActions,
      requestTimeoutSeconds: settings.product.REQUEST_TIMEOUT_SECONDS,
      cloudTrailDelayMs: settings.cloudTrailDelayMs,
    },
    faults: faults.read(),
    endpoints,
  };
}

function slackState(workspace: Workspace): Omit<SandboxState['slack'], 'exchanges'> {
  const { channel, messages, directMessages, views, groups } = workspace;
  const written = new Set(messages.map((message) => message.channel));
  return {
    ...{ channel, messages: [...messages], groups: [...groups] },
    directMessages: Object.fromEntries(directMessages.all().filter(([, id]) => written.has(id))),
    homes: views.homes().map(({ id, user, view }) => ({ id, user, view })),
  };
}

function requestState({ document: _, ...request }: ApprovalRequest): RequestState {
  const { target } = request.change;
  return {
    ...request,
    outcome: request.outcome ?? null,
    policyArn: 'policyArn' in target ? target.policyArn : null,
  };
}

function executionState(execution: StartedExecution, requests: readonly ApprovalRequest[]): ExecutionState {
  const { name, arn, status, path, startedAt, stoppedAt } = execution;
  const { outcome, reason, requestId } = endOf(execution);
  return {
    ...{ name, arn, status, path: [...path] },
    outcome: outcome ?? (status === 'FAILED' ? 'failed' : null),
    reason: reason ?? execution.end.cause ?? null,
    currentState: path.at(-1) ?? null,
    startedAt: startedAt.toISOString(),
    stoppedAt: stoppedAt?.toISOString() ?? null,
    ...eventOf(execution.input),
    requestId: requestId ?? requests.find(({ executionArn }) => executionArn === arn)?.id ?? null,
    events: execution.history.length,
  };
}

function endOf({ end }: StartedExecution): { outcome?: Outcome; reason?: string; requestId?: string } {
  return end.output === undefined ? {} : JSON.parse(end.output);
}

/** Anybody can start an execution with any input; only an event has a name. */
function eventOf(input: string): Pick<ExecutionState, 'eventName' | 'policyName'> {
  const { eventName, requestParameters } =
    (JSON.parse(input) as { detail?: EventDetail } | null)?.detail ?? {};
  const { policyName, policyArn } = requestParameters ?? {};
  const named = typeof policyName === 'string' ? policyName : policyArn;
  return {
    eventName: typeof eventName === 'string' ? eventName : null,
    policyName: typeof named === 'string' ? named.slice(named.lastIndexOf('/') + 1) : null,
  };
}

interface EventDetail {
  eventName?: unknown;
  requestParameters?: { policyName?: unknown; policyArn?: unknown } | null;
}
