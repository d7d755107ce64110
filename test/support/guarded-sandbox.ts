import { IAMClient } from '@aws-sdk/client-iam';
import type { RequestState, SandboxState, SlackReply } from '../../infra/sandbox/api/contract.ts';
import { lookFromOutside } from '../../infra/sandbox/demo/outside.ts';
import { type SandboxOptions, startSandbox } from '../../infra/sandbox/sandbox.ts';

process.env.POWERTOOLS_METRICS_DISABLED = 'true';

export const ADA = 'U0ADALOVE';
export const GRACE = 'U0GRACEHO';
export const DANA = 'U0DANALEE';
export const GUEST = 'U0GUESTGU';

export type GuardedSandbox = Awaited<ReturnType<typeof startGuardedSandbox>>;

/** A sandbox on free ports with a CloudTrail that hardly waits, and the hands to use it from outside. */
export async function startGuardedSandbox(
  environment: SandboxOptions['environment'] = {},
  handlers?: SandboxOptions['handlers'],
) {
  const failures: unknown[] = [];
  const sandbox = await startSandbox({
    environment: {
      SANDBOX_PAGE_PORT: '0',
      SANDBOX_AWS_PORT: '0',
      SANDBOX_CLOUDTRAIL_DELAY_MS: '20',
      ...environment,
    },
    handlers,
    failed: (error) => failures.push(error),
  });
  const outside = lookFromOutside(sandbox);
  const iamAs = (id: string) =>
    new IAMClient({
      endpoint: sandbox.aws,
      region: 'us-east-1',
      credentials: sandbox.callers.find((caller) => caller.id === id)?.credentials,
      maxAttempts: 1,
    });

  return {
    ...outside,
    sandbox,
    failures,
    iam: iamAs('developer'),
    iamAs,
    /** Waits for a request that is asked about in Slack. */
    asked: (which: (request: RequestState) => boolean) =>
      outside.until('a request in Slack', ({ requests }) =>
        requests.find((request) => which(request) && request.slack !== undefined),
      ),
    /** Waits until a request has ended, in the ledger and in its execution. */
    ended: (id: string) =>
      outside.until(`the end of ${id}`, (state) => {
        const request = state.requests.find((each) => each.id === id);
        const execution = state.executions.find(({ arn }) => arn === request?.executionArn);
        return request?.outcome && execution?.status !== 'RUNNING' ? request : undefined;
      }),
    click: (request: RequestState, action_id: string, user = ADA) =>
      outside.post('/api/slack/actions', {
        user,
        ...request.slack,
        action_id,
      }) as unknown as Promise<SlackReply>,
    command: (text: string, user = ADA) =>
      outside.post('/api/slack/commands', {
        user,
        command: '/policy-guard',
        text,
      }) as unknown as Promise<SlackReply>,
    message: async (request: RequestState) =>
      (await outside.state()).slack.messages.find(({ ts }) => ts === request.slack?.ts),
    thread: async (request: RequestState) =>
      (await outside.state()).slack.messages.filter(({ threadTs }) => threadTs === request.slack?.ts),
    executionOf: async (request: RequestState) =>
      (await outside.state()).executions.find(({ arn }) => arn === request.executionArn),
    /** Waits until no execution runs but those that wait for a decision. */
    settled: () =>
      outside.until('all executions at rest', ({ executions }: SandboxState) =>
        executions.every(
          ({ status, currentState }) =>
            status !== 'RUNNING' || /^(RequestApproval|Remind)$/.test(currentState ?? ''),
        )
          ? true
          : undefined,
      ),
    stop: () => sandbox.close(),
  };
}
