import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { describe, expect, test } from 'vitest';
import type { ExecutionState, RequestState } from '../../infra/sandbox/api/contract.ts';
import type { SandboxOptions } from '../../infra/sandbox/sandbox.ts';
import { type Broken, breakableHandlers } from '../support/breakable.ts';
import { type GuardedSandbox, HARMLESS, startGuardedSandbox } from '../support/guarded-sandbox.ts';
import { MOTO_INSTALLED, NO_MOTO } from '../support/moto.ts';
import { motoEngineOfThisFile } from '../support/moto-states/moto-engine.ts';

const ASKED = 'Begin Inspect Judge Quarantine Contained Record Recorded RequestApproval';

interface Play {
  title: string;
  settings?: Record<string, string>;
  /** @returns the policy that it is about */
  play(guard: GuardedSandbox, broken: Broken): Promise<string>;
  /** The ways of the executions that are no own change of the guard, in the order in which they began. */
  executions: readonly string[];
  outcome?: string;
  inForce: 'v1' | 'v2';
}

type Asked = (guard: GuardedSandbox, request: RequestState, broken: Broken) => Promise<unknown>;

/** Somebody creates a policy, it is asked about, and this happens to the request until it has ended. */
const onceAsked =
  (then: Asked) =>
  async (guard: GuardedSandbox, broken: Broken): Promise<string> => {
    const request = await guard.held();
    await then(guard, request, broken);
    await guard.ended(request.id);
    return request.policyArn ?? '';
  };

const execution = (guard: GuardedSandbox, is: (one: ExecutionState) => boolean) =>
  guard.until('an execution that is so', ({ executions }) => executions.find(is));
const waiting = (guard: GuardedSandbox) =>
  execution(guard, ({ status, currentState }) => status === 'RUNNING' && currentState === 'RequestApproval');
const failed = (guard: GuardedSandbox) => execution(guard, ({ status }) => status === 'FAILED');

async function stop(guard: GuardedSandbox, executionArn: string): Promise<void> {
  const credentials = guard.sandbox.callers.find(({ id }) => id === 'root')?.credentials;
  const sfn = new SFNClient({ endpoint: guard.sandbox.aws, region: 'us-east-1', credentials });
  await sfn.send(new StopExecutionCommand({ executionArn }));
}

const PLAYS: readonly Play[] = [
  {
    title: 'what is harmless is let through',
    play: async (guard) => {
      const arn = await guard.create({ document: HARMLESS });
      await execution(guard, ({ status }) => status === 'SUCCEEDED');
      return arn;
    },
    executions: ['Begin Inspect Judge Allowed: SUCCEEDED'],
    inForce: 'v1',
  },
  {
    title: 'what is approved is restored',
    play: onceAsked((guard, request) => guard.click(request, 'approve')),
    executions: [`${ASKED} Restore Restored Announce Ended: SUCCEEDED`],
    outcome: 'approved',
    inForce: 'v1',
  },
  {
    title: 'what is denied is discarded, without a second question',
    play: onceAsked((guard, request) => guard.deny(request)),
    executions: [`${ASKED} Discard Announce Ended: SUCCEEDED`],
    outcome: 'denied',
    inForce: 'v2',
  },
  {
    title: 'what nobody decides expires',
    settings: { REQUEST_TIMEOUT_SECONDS: '1' },
    play: onceAsked(async () => undefined),
    executions: [`${ASKED} ExpireOrRemind WhatNext Discard Announce Ended: SUCCEEDED`],
    outcome: 'expired',
    inForce: 'v2',
  },
  {
    title: 'what waits is reminded of, and can still be approved',
    settings: { REMINDER_SECONDS: '1' },
    play: onceAsked(async (guard, request) => {
      await execution(guard, ({ currentState }) => currentState === 'Remind');
      await guard.click(request, 'approve');
    }),
    executions: [`${ASKED} ExpireOrRemind WhatNext Remind Restore Restored Announce Ended: SUCCEEDED`],
    outcome: 'approved',
    inForce: 'v1',
  },
  {
    title: 'what cannot be taken out of force is tried again until it can',
    play: async (guard, broken) => {
      broken.set('quarantine', 'ServiceUnavailable');
      const arn = await guard.create();
      await execution(guard, ({ currentState }) => currentState === 'WaitToTryAgain');
      broken.clear();
      await waiting(guard);
      const request = await guard.asked(({ policyArn }) => policyArn === arn);
      await guard.deny(request);
      await guard.ended(request.id);
      return arn;
    },
    executions: [
      'Begin Inspect Judge Quarantine StillInForce Trying WaitToTryAgain Quarantine Contained Record Recorded ' +
        'RequestApproval Discard Announce Ended: SUCCEEDED',
    ],
    outcome: 'denied',
    inForce: 'v2',
  },
  {
    title: 'what no try would help is left to people, who are told',
    play: async (guard, broken) => {
      broken.set('quarantine', 'PolicyGuard.Unmodifiable');
      const arn = await guard.create();
      await failed(guard);
      return arn;
    },
    executions: ['Begin Inspect Judge Quarantine Escalate Escalated LeftToPeople: FAILED'],
    inForce: 'v1',
  },
  {
    title: 'what goes on failing is escalated, and ends untold where nobody can be told',
    play: async (guard, broken) => {
      for (const step of ['record', 'escalate']) broken.set(step, 'ServiceUnavailable');
      const arn = await guard.create();
      await failed(guard);
      return arn;
    },
    executions: ['Begin Inspect Judge Quarantine Contained Record Escalate Untold: FAILED'],
    inForce: 'v2',
  },
  {
    title: 'what was stopped while it waited is resumed, and approved',
    play: onceAsked(async (guard, request) => {
      await waiting(guard);
      await stop(guard, request.executionArn);
      await guard.post('/api/reconcile', {});
      await waiting(guard);
      await guard.click(request, 'approve');
    }),
    executions: [
      `${ASKED}: ABORTED`,
      'Begin Resume Resumed RequestApproval Restore Restored Announce Ended: SUCCEEDED',
    ],
    outcome: 'approved',
    inForce: 'v1',
  },
];

const INTERPRETERS: { by: string; interpreter?: SandboxOptions['interpreter'] }[] = [
  { by: 'the sandbox’s interpreter' },
  ...(MOTO_INSTALLED ? [{ by: 'moto’s', interpreter: await motoEngineOfThisFile() }] : []),
];

/** How often it was tried is a matter of when it was mended. */
const once = (path: string) => path.replace(/( StillInForce Trying WaitToTryAgain Quarantine)+/, '$1');

async function seen(guard: GuardedSandbox, policyArn: string) {
  await guard.settled();
  const { executions, requests } = await guard.state();
  return {
    executions: executions
      .filter(({ outcome }) => outcome !== 'own-change')
      .map(({ path, status }) => `${once(path.join(' '))}: ${status}`)
      .toReversed(),
    outcome: requests.find((request) => request.policyArn === policyArn)?.outcome ?? undefined,
    inForce: await guard.inForce(policyArn),
  };
}

describe.each(INTERPRETERS)(`the state machine, run by $by${NO_MOTO}:`, ({ interpreter }) => {
  test.for(PLAYS.map((play) => [play.title, play] as const))(
    '%s',
    async ([, { play, settings, executions, outcome, inForce }]) => {
      const broken: Broken = new Map();
      const guard = await startGuardedSandbox(settings, breakableHandlers(broken), {
        hurryMs: 40,
        ...(interpreter && { interpreter }),
      });
      try {
        const policyArn = await play(guard, broken);
        expect(await seen(guard, policyArn)).toEqual({ executions, outcome, inForce });
      } finally {
        await guard.stop();
      }
    },
  );
});
