import { GetPolicyCommand, GetPolicyVersionCommand, IAMClient } from '@aws-sdk/client-iam';
import type { PolicyState, RequestState, SandboxState } from '../api/contract.ts';
import type { Sandbox } from '../sandbox.ts';

/** How long anything in the sandbox may take before the story counts as wrong. Milliseconds. */
const PATIENCE_MS = 20_000;
const LOOK_AGAIN_MS = 100;

/** What is told did not happen. */
export class NotAsToldError extends Error {
  override name = 'NotAsToldError';
}

export function must(condition: boolean, told: string): void {
  if (!condition) throw new NotAsToldError(told);
}

/**
 * The sandbox from outside: over its JSON API, its pages, and IAM's own protocol.
 *
 * @param patienceMs how long to look for what should be seen, in milliseconds
 */
export function lookFromOutside(
  { page, aws, callers }: Pick<Sandbox, 'page' | 'aws' | 'callers'>,
  patienceMs = PATIENCE_MS,
) {
  const iam = new IAMClient({ endpoint: aws, region: 'us-east-1', credentials: callers[0]?.credentials });

  /** @returns undefined while the sandbox cannot tell, e.g. because a clock has just been changed */
  async function read(): Promise<SandboxState | undefined> {
    const response = await fetch(`${page}/api/state`);
    const answer = (await response.json()) as SandboxState;
    return response.ok ? answer : undefined;
  }

  async function state(): Promise<SandboxState> {
    const now = await read();
    if (now === undefined) throw new NotAsToldError('the sandbox tells its state');
    return now;
  }

  async function post(path: string, body: object): Promise<Record<string, unknown>> {
    const response = await fetch(`${page}${path}`, { method: 'POST', body: JSON.stringify(body) });
    const answer = (await response.json()) as Record<string, unknown>;
    must(response.ok, `POST ${path} works (it answered ${JSON.stringify(answer)})`);
    return answer;
  }

  let nextRead: ReturnType<typeof read> | undefined;

  /** Reads the state a moment from now, once for all who wait meanwhile. */
  function readAgain(): ReturnType<typeof read> {
    nextRead ??= new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS)).then(() => {
      nextRead = undefined;
      return read();
    });
    return nextRead;
  }

  /** Looks until there is something to see. */
  async function until<T>(told: string, look: (state: SandboxState) => T | undefined): Promise<T> {
    const end = Date.now() + patienceMs;
    for (let now = await read(); ; now = await readAgain()) {
      const seen = now && look(now);
      if (seen !== undefined) return seen;
      if (Date.now() >= end) throw new NotAsToldError(told);
    }
  }

  /** What IAM itself says of a policy. */
  async function policy(arn: string) {
    const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn: arn }));
    const versionId = Policy?.DefaultVersionId ?? '';
    const { PolicyVersion } = await iam.send(
      new GetPolicyVersionCommand({ PolicyArn: arn, VersionId: versionId }),
    );
    return { inForce: versionId, document: decodeURIComponent(PolicyVersion?.Document ?? '') };
  }

  return { state, post, until, policy };
}

export function requestFor(arn: string, { requests }: SandboxState): RequestState | undefined {
  return requests.find(({ policyArn }) => policyArn === arn);
}

export function versionsOf(arn: string, { policies }: SandboxState): PolicyState['versions'] {
  return policies.find((policy) => policy.arn === arn)?.versions ?? [];
}
