import type { ApprovalRequest, Outcome } from '../../../workflow/ledger/request.ts';
import type { FaultValues } from '../faults/table.ts';

/** The JSON API of the sandbox's page; scripts and tests use it too. Described in `infra/sandbox/README.md`. */

export interface PolicyState {
  arn: string;
  name: string;
  defaultVersionId: string;
  /** True for policies that AWS manages: they cannot be edited. */
  awsManaged: boolean;
  /** `user/alice`, `role/deployer`, …: what the policy is attached to. */
  attachedTo: string[];
  /** `document` is the text, byte for byte. */
  versions: { versionId: string; isDefault: boolean; document: string; createdAt: string }[];
}

/** A user, group or role with what is attached to it and written into it. */
export interface EntityState {
  type: 'user' | 'group' | 'role';
  name: string;
  arn: string;
  attachedPolicies: string[];
  inlinePolicies: { name: string; document: string }[];
}

export interface RequestState extends Omit<ApprovalRequest, 'document' | 'outcome'> {
  /** Null until it has happened. */
  outcome: Outcome | null;
  /** The managed policy concerned, or null for an inline policy. */
  policyArn: string | null;
}

export interface ExecutionState {
  name: string;
  arn: string;
  /** As Step Functions says it: RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED. */
  status: string;
  outcome: Outcome | null;
  reason: string | null;
  /** The state it is in, or was in last. */
  currentState: string | null;
  /** Names of the states entered, in order. */
  path: string[];
  startedAt: string;
  stoppedAt: string | null;
  eventName: string | null;
  /** The policy that the event is about, by name. */
  policyName: string | null;
  requestId: string | null;
  /** How many events its history has: when it grows, there is more to read of its course. */
  events: number;
}

/** One visit of a state. Times are ISO 8601; what was given and answered is JSON text. */
export interface StepState {
  name: string;
  /** As Amazon States Language has it: Task, Choice, Wait, … */
  type: string;
  enteredAt: string;
  /** Null while the execution is in it. */
  leftAt: string | null;
  input: string;
  /** What it handed on; null where it handed on nothing, or not yet. */
  output: string | null;
  /** Of a task; between two of them the state machine waits. */
  tries: TryState[];
}

export interface TryState {
  startedAt: string;
  endedAt: string | null;
  /** The function and what it was given; a task token is masked. */
  given: string;
  /** What the function answered of a task that waits for a decision. */
  submitted: { at: string; answer: string } | null;
  answer: string | null;
  error: { name: string; cause: string } | null;
}

/** `GET /api/executions/NAME` */
export interface CourseState {
  name: string;
  /** In the order in which they were entered. */
  steps: StepState[];
}

/** One HTTP request between Slack and the functions, and its answer. */
export interface ExchangeSummary {
  id: number;
  at: string;
  /** Who asked: Slack, or a function of the guard. */
  from: 'slack' | 'guard';
  /** `chat.postMessage`, `block_actions approve`, `/policy-guard list`, … */
  what: string;
  /** Null until it was answered. */
  status: number | null;
  /** What Slack's answer says where it says no. */
  error: string | null;
  tookMs: number | null;
}

/** `GET /api/exchanges/ID`: raw, with secrets and signatures masked as `***`. */
export interface ExchangeState extends ExchangeSummary {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string;
  answer: { headers: Record<string, string>; body: string } | null;
}

export interface SlackMessageState {
  /** The security channel, or the direct messages of one person (`SlackState.directMessages`). */
  channel: string;
  ts: string;
  threadTs: string | null;
  text: string;
  blocks: Record<string, unknown>[];
  edited: boolean;
  /** True for a thread reply that is shown in the channel too. */
  broadcast: boolean;
  /** Only this person sees it; null for everyone. */
  ephemeralFor: string | null;
}

export interface EmailState {
  /** As `Publish` has answered it: the same for all who got the e-mail. */
  messageId: string;
  to: string;
  subject: string;
  text: string;
  links: string[];
  sentAt: string;
}

export interface PersonState {
  id: string;
  name: string;
  email: string;
  /** `other-workspace`: somebody of another workspace, whose clicks Slack would send from there. */
  kind: 'member' | 'guest' | 'external' | 'deactivated' | 'bot' | 'other-workspace';
  /** One line: what this person may do. */
  role: string;
}

export interface UserGroupState {
  id: string;
  /** Without the `@`. */
  handle: string;
  members: string[];
}

/** Who can make a change: an access key and what stands behind it. */
export interface CallerState {
  accessKeyId: string;
  /** Good in this sandbox alone. */
  secretAccessKey: string;
  label: string;
  arn: string;
}

/** A modal, or a person's App Home: `view.type` tells which. */
export interface ViewState {
  id: string;
  user: string;
  view: Record<string, unknown>;
}

export interface SandboxState {
  policies: PolicyState[];
  entities: EntityState[];
  requests: RequestState[];
  executions: ExecutionState[];
  slack: {
    channel: { id: string; name: string };
    /** Of the channel and of all direct messages. */
    messages: SlackMessageState[];
    /** Person → id of the channel in which the bot writes to them alone; only of those it has written to. */
    directMessages: Record<string, string>;
    /** What each person has on their App Home, as it was published last. */
    homes: ViewState[];
    groups: UserGroupState[];
    /** What Slack and the functions said to each other last, newest first. */
    exchanges: ExchangeSummary[];
  };
  emails: EmailState[];
  people: PersonState[];
  callers: CallerState[];
  /** Newest first: refused and accepted attempts, as the ledger has them. */
  audit: {
    at: string;
    event: string;
    detail: string;
    requestId?: string;
    slackUserId?: string;
    slackTeamId?: string;
  }[];
  /** `cloudTrailDelayMs` as the sandbox was started with it. */
  settings: { restrictedActions: string[]; requestTimeoutSeconds: number; cloudTrailDelayMs: number };
  /** What is out of order, late or lagging at the moment. */
  faults: FaultValues;
  endpoints: { aws: string; page: string };
}

/**
 * What Slack would show the person who clicked, typed, submitted or opened. `POST /api/slack/actions`, `/commands`,
 * `/views` and `/home` answer with it.
 */
export interface SlackReply {
  ok: boolean;
  /** The HTTP status the bot answered with. */
  status: number;
  /** Set when Slack would show a warning instead, e.g. after 3 s without an answer. */
  warning: string | null;
  /** Messages only this person sees, newest last. */
  ephemeral: { text: string; blocks: Record<string, unknown>[] }[];
  /** A modal that was opened, pushed or updated for this person, or their App Home where that was opened. */
  view: ViewState | null;
  /** `response_action: errors` of a submitted modal: block id → message. */
  errors: Record<string, string> | null;
}
