import { readFileSync } from 'node:fs';
import {
  CreatePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetUserPolicyCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { afterAll, vi } from 'vitest';
import type {
  RequestState,
  SlackMessageState,
  SlackReply,
  ViewState,
} from '../../infra/sandbox/api/contract.ts';
import { lookFromOutside } from '../../infra/sandbox/demo/outside.ts';
import { type SandboxOptions, startSandbox } from '../../infra/sandbox/sandbox.ts';
import { GENEROUS_HANDLERS, GENEROUS_MS } from './generous.ts';
import { countPermissions } from './permissions-used.ts';

export const ADA = 'U0ADALOVE';
export const GRACE = 'U0GRACEHO';
export const DANA = 'U0DANALEE';
export const MARGARET = 'U0MARGARE';
export const DEVON = 'U0DEVONDE';
export const GUEST = 'U0GUESTGU';
export const EXTERNAL = 'U0XENAEXT';
export const DEACTIVATED = 'U0DEEPART';
export const BOT = 'U0BOTBOTX';
export const ELSEWHERE = 'U0EVEELSE';

const fixture = (name: string) =>
  readFileSync(new URL(`../../fixtures/policies/${name}`, import.meta.url), 'utf8');
export const BAD = fixture('bad-policy.json');
export const HARMLESS = fixture('harmless-policy.json');

/** A document that allows an action on everything. */
export const granting = (action: string) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });

export type GuardedSandbox = Awaited<ReturnType<typeof startGuardedSandbox>>;

/** A sandbox on free ports whose CloudTrail hardly waits and whose Slack takes any pace, and the hands to use it from outside. */
export async function startGuardedSandbox(
  environment: SandboxOptions['environment'] = {},
  handlers?: SandboxOptions['handlers'],
  more: Pick<SandboxOptions, 'hurryMs' | 'interpreter'> = {},
) {
  const failures: unknown[] = [];
  // What the functions log is searched for secrets, and not shown: output/search.ts.
  vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', 'INFO');
  const sandbox = await startSandbox({
    environment: {
      SANDBOX_PAGE_PORT: '0',
      SANDBOX_AWS_PORT: '0',
      SANDBOX_CLOUDTRAIL_DELAY_MS: '20',
      LOG_LEVEL: 'INFO',
      ...environment,
    },
    postingIntervalMs: 0,
    ...more,
    handlers: { ...GENEROUS_HANDLERS, ...handlers },
    ...{ slackPatienceMs: GENEROUS_MS, leastSeconds: GENEROUS_MS / 1000 },
    failed: (error) => failures.push(error),
  });
  countPermissions(sandbox);
  const outside = lookFromOutside(sandbox, GENEROUS_MS);
  const iamAs = (id: string) =>
    new IAMClient({
      endpoint: sandbox.aws,
      region: 'us-east-1',
      credentials: sandbox.callers.find((caller) => caller.id === id)?.credentials,
      maxAttempts: 1,
    });

  let policies = 0;
  /** Somebody creates a policy. @returns its ARN */
  async function create(given: { name?: string; document?: string; caller?: string } = {}): Promise<string> {
    policies += 1;
    const { name = policies === 1 ? 'policy' : `policy-${policies}`, document = BAD, caller } = given;
    const command = new CreatePolicyCommand({ PolicyName: name, PolicyDocument: document });
    return (await iamAs(caller ?? 'developer').send(command)).Policy?.Arn ?? '';
  }
  /** @returns the id of the version in force */
  async function inForce(policyArn: string | null): Promise<string | undefined> {
    const { Policy } = await iamAs('developer').send(new GetPolicyCommand({ PolicyArn: policyArn ?? '' }));
    return Policy?.DefaultVersionId;
  }
  /** Waits for a request that is asked about in Slack. */
  const asked = (which: (request: RequestState) => boolean) =>
    outside.until('a request in Slack', ({ requests }) =>
      requests.find((request) => which(request) && request.slack !== undefined),
    );

  const ask = (path: string, body: object) =>
    outside.post(`/api/slack/${path}`, body) as unknown as Promise<SlackReply>;
  const click = (request: Pick<RequestState, 'slack'>, action_id: string, user = ADA) => {
    const { channel, ts } = request.slack ?? {};
    return ask('actions', { user, channel, ts, action_id });
  };
  const submit = ({ view }: SlackReply, text: string, user = ADA) => {
    if (view === null) throw new Error('There is no modal to submit.');
    return ask('views', { user, view_id: view.id, values: filledIn(view.view.blocks as Json[], text) });
  };

  const executionsRest = () =>
    sandbox
      .executions()
      .every(
        ({ status, path }) => status !== 'RUNNING' || /^(RequestApproval|Remind)$/.test(path.at(-1) ?? ''),
      );

  return {
    ...outside,
    sandbox,
    failures,
    /** Submits the modal that an answer has opened, with this text in every input of text. */
    submit,
    /** Clicks Deny and gives the reason that its modal asks for. */
    deny: async (request: Pick<RequestState, 'slack'>, user = ADA, reason = 'Not like this.') =>
      submit(await click(request, 'deny', user), reason, user),
    /** Writes into the field of a direct message, and clicks the button below it. */
    write: ({ channel, ts, blocks }: SlackMessageState, text: string, user: string) => {
      const [button] = blocks.flatMap(({ type, elements }) =>
        type === 'actions' ? (elements as Json[]) : [],
      );
      return ask('actions', {
        user,
        channel,
        ts,
        action_id: button?.action_id,
        values: filledIn(blocks, text),
      });
    },
    /** Clicks in a modal or on App Home. */
    clickIn: (view: Pick<ViewState, 'id'>, action_id: string, user = ADA, value?: string) =>
      ask('actions', { user, view_id: view.id, action_id, ...(value !== undefined && { value }) }),
    openHome: (user = ADA) => ask('home', { user }),
    /** What the bot has written to one person alone, oldest first. */
    directMessages: async (user: string) => {
      const { messages, directMessages } = (await outside.state()).slack;
      return messages.filter(({ channel }) => channel === directMessages[user]);
    },
    iam: iamAs('developer'),
    ...{ iamAs, create, inForce, asked },
    /** Somebody creates a policy, and it is asked about. */
    held: async (given?: Parameters<typeof create>[0]) => {
      const arn = await create(given);
      return asked(({ policyArn }) => policyArn === arn);
    },
    /** Whether the first version is. */
    isInForce: async ({ policyArn }: Pick<RequestState, 'policyArn'>) => (await inForce(policyArn)) === 'v1',
    versionText: async (PolicyArn: string, VersionId: string) => {
      const { PolicyVersion } = await iamAs('developer').send(
        new GetPolicyVersionCommand({ PolicyArn, VersionId }),
      );
      return decodeURIComponent(PolicyVersion?.Document ?? '');
    },
    /** The document of an inline policy of a user. */
    inlineText: async (names: { UserName: string; PolicyName: string }) =>
      decodeURIComponent(
        (await iamAs('developer').send(new GetUserPolicyCommand(names))).PolicyDocument ?? '',
      ),
    /** Waits until a request has ended, in the ledger and in its execution, which may go on for a new one. */
    ended: (id: string) =>
      outside.until(`the end of ${id}`, (state) => {
        const request = state.requests.find((each) => each.id === id);
        const execution = state.executions.find(({ arn }) => arn === request?.executionArn);
        const goesOn = execution?.status === 'RUNNING' && execution.requestId === id;
        return request?.outcome && !goesOn ? request : undefined;
      }),
    click,
    command: (text: string, user = ADA) => ask('commands', { user, command: '/policy-guard', text }),
    message: async (request: RequestState) =>
      (await outside.state()).slack.messages.find(({ ts }) => ts === request.slack?.ts),
    thread: async (request: RequestState) =>
      (await outside.state()).slack.messages.filter(({ threadTs }) => threadTs === request.slack?.ts),
    executionOf: async (request: RequestState) =>
      (await outside.state()).executions.find(({ arn }) => arn === request.executionArn),
    /** Waits until no execution runs but those that wait for a decision. */
    atRest: () => outside.until('all executions at rest', () => executionsRest() || undefined),
    /** Waits until no event is on its way either. */
    settled: () =>
      outside.until(
        'no event on its way, and all executions at rest',
        () => (sandbox.eventsOnTheirWay() === 0 && executionsRest()) || undefined,
      ),
    stop: () => sandbox.close(),
  };
}

/** The same for all tests of the file that asks for it. */
export async function sandboxOfThisFile(): Promise<GuardedSandbox> {
  const guard = await startGuardedSandbox();
  afterAll(guard.stop);
  return guard;
}

/** A sandbox of its own for a play, which stops it at its end. */
export async function withinSandbox(
  environment: Record<string, string>,
  play: (guard: GuardedSandbox) => Promise<void>,
  more: Parameters<typeof startGuardedSandbox>[2] = {},
  handlers?: SandboxOptions['handlers'],
): Promise<void> {
  const guard = await startGuardedSandbox(environment, handlers, more);
  try {
    await play(guard);
  } finally {
    await guard.stop();
  }
}

type Json = Record<string, unknown>;

/** `state.values` of blocks with the same text in every input of text. */
function filledIn(blocks: readonly Json[], text: string): object {
  const inputs = blocks.filter(({ type }) => type === 'input');
  return Object.fromEntries(
    inputs.map(({ block_id, element }) => {
      const { type, action_id } = element as { type: string; action_id: string };
      return [block_id, { [action_id]: { type, value: text } }];
    }),
  );
}
