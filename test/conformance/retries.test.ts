import { beforeAll, describe, expect, test } from 'vitest';
import { FunctionError } from '../../infra/sandbox/aws/lambda/function-error.ts';
import type { Functions } from '../../infra/sandbox/aws/lambda/functions.ts';
import type { Definition, State } from '../../infra/sandbox/aws/states/definition.ts';
import {
  createEngine,
  type Engine,
  type StateMachineSettings,
} from '../../infra/sandbox/aws/states/engine.ts';
import { PLACE } from '../../infra/sandbox/place.ts';
import machine from '../../workflow/state-machine.asl.json' with { type: 'json' };
import { GENEROUS_MS } from '../support/generous.ts';
import { MOTO_INSTALLED, NO_MOTO } from '../support/moto.ts';
import { motoEngineOfThisFile } from '../support/moto-states/moto-engine.ts';

const STATES: Definition['States'] = machine.States;

/** What no list names. */
const ANY = 'ServiceUnavailable';
/** What Lambda itself answers, without any function having run. */
const THROTTLED = 'Lambda.TooManyRequestsException';
const RATE_LIMITED = 'PolicyGuard.SlackRateLimited';
/** No try fails with it: that a wait runs out is played whole, in state-machine.test.ts. */
const NO_ANSWER = 'States.Timeout';

/** State, what each of its tries fails with, how many there are, and where it goes then. */
const ROWS: readonly (readonly [string, string, number, string])[] = [
  ['Resume', ANY, 15, 'Failed'],
  ['Resume', 'PolicyGuard.NoEvent', 1, 'NoEvent'],
  ['TellUnconfirmed', ANY, 15, 'Failed'],
  ['TellUnconfirmed', 'PolicyGuard.NoEvent', 1, 'NoEvent'],
  ['TellSweep', ANY, 15, 'Failed'],
  ['TellSweep', 'PolicyGuard.NoEvent', 1, 'NoEvent'],
  ['Inspect', ANY, 4, 'TreatAsRestricted'],
  ['Inspect', THROTTLED, 4, 'TreatAsRestricted'],
  ['Look', ANY, 1, 'Quarantine'],
  ['AnnounceAllowed', ANY, 4, 'Allowed'],
  ['AnnounceAllowed', RATE_LIMITED, 51, 'Allowed'],
  ['Quarantine', ANY, 7, 'StillInForce'],
  ['Quarantine', THROTTLED, 7, 'StillInForce'],
  ['Quarantine', 'PolicyGuard.UnknownChange', 1, 'Escalate'],
  ['Quarantine', 'PolicyGuard.Unmodifiable', 1, 'Escalate'],
  ['Quarantine', 'PolicyGuard.Refused', 1, 'StillInForce'],
  ['StillInForce', ANY, 6, 'TryAgainUntold'],
  ['KeepOthers', ANY, 15, 'Escalate'],
  ['Report', ANY, 15, 'Escalate'],
  ['Report', RATE_LIMITED, 51, 'Escalate'],
  ['Record', ANY, 15, 'Escalate'],
  ['Record', 'PolicyGuard.PutBackMeanwhile', 1, 'Quarantine'],
  ['PutBack', ANY, 6, 'Record'],
  ...['RequestApproval', 'Remind'].flatMap((name): (readonly [string, string, number, string])[] => [
    [name, ANY, 11, 'Escalate'],
    [name, THROTTLED, 11, 'Escalate'],
    [name, RATE_LIMITED, 51, 'Escalate'],
    [name, 'PolicyGuard.Denied', 1, 'Discard'],
    [name, 'PolicyGuard.AlreadyDecided', 1, 'ExpireOrRemind'],
  ]),
  ...['RequestApproval', 'Remind', 'Restore', 'Discard'].map(
    (name) => [name, 'PolicyGuard.Overtaken', 1, 'Overtaken'] as const,
  ),
  ['ExpireOrRemind', ANY, 15, 'Escalate'],
  ['Restore', ANY, 9, 'Escalate'],
  ['AskAgain', ANY, 15, 'Escalate'],
  ['AskAgain', RATE_LIMITED, 51, 'Escalate'],
  ['Discard', ANY, 9, 'Escalate'],
  ['Announce', ANY, 15, 'Escalate'],
  ['Announce', RATE_LIMITED, 51, 'Escalate'],
  ['Escalate', ANY, 9, 'Untold'],
];

type Row = (typeof ROWS)[number];
type Retrier = { ErrorEquals: string[]; Comment?: string };

/** What decides how often a row is tried: its error, the list as far as that is read, and what catches it. */
function decidedBy([name, error]: Row): string {
  const { Retry = [], Catch = [] } = STATES[name] as State;
  const lists = [Retry, Catch].map((list) => {
    const retriers = list as Retrier[];
    const last = retriers.findIndex(
      ({ ErrorEquals }) => /States.ALL/.test(`${ErrorEquals}`) || ErrorEquals.includes(error),
    );
    return retriers.slice(0, last + 1).map(({ Comment: _, ...rest }) => ({ ...rest, Next: undefined }));
  });
  return JSON.stringify([error, lists]);
}

/** A row for each way of being tried: an interpreter of somebody else's takes half a minute for all. */
const DISTINCT = [...new Map(ROWS.toReversed().map((row) => [decidedBy(row), row])).values()].toReversed();

/** What the paths of any state find. */
const INPUT = JSON.stringify({ resume: 'pg-1', unconfirmed: 'pg-1', sweep: 'pg-1' });

/**
 * The state as it is, calling a function of its own; wherever it may go, the machine ends. How long it waits is a
 * number, not what its input says.
 */
function alone(state: State, name: string, functionName: string): Definition {
  const { TimeoutSecondsPath: _, ...kept } = state;
  const TimeoutSeconds = GENEROUS_MS / 1000;
  const nexts = [state.Next, ...(state.Catch ?? []).map(({ Next }) => Next)] as string[];
  const ends = nexts.map((next) => [next, { Type: 'Succeed' }] as const);
  const called = { ...kept, TimeoutSeconds, Parameters: { ...state.Parameters, FunctionName: functionName } };
  return { StartAt: name, States: { ...Object.fromEntries(ends), [name]: called } };
}

/** Functions that are called `STATE:ERROR`, and fail with that. */
function failing() {
  const tries = new Map<string, number>();
  const functions: Functions = {
    ...{ arn: (name) => name, has: () => true },
    async invoke(name) {
      tries.set(name, (tries.get(name) ?? 0) + 1);
      throw new FunctionError(name.slice(name.indexOf(':') + 1), 'It fails.');
    },
  };
  return { functions, tries };
}

/** @returns for each `STATE:ERROR`, how many tries there were, and where it went then */
async function playAll(
  interpreter: (machine: StateMachineSettings) => Engine,
  rows: readonly Row[] = ROWS,
  states = STATES,
) {
  const { functions, tries } = failing();
  const ends = await Promise.all(
    rows.map(async ([name, error], index) => {
      const key = `${name}:${error}`;
      const definition = alone(states[name] as State, name, key);
      const settings = {
        ...PLACE,
        name: `row-${index}`,
        definition,
        functions,
        hurryMs: 1,
        changed: () => {},
      };
      const engine = interpreter(settings);
      const execution = engine.start(INPUT);
      await execution.ended;
      await engine.close();
      return [key, { tries: tries.get(key), next: execution.path.at(-1) }] as const;
    }),
  );
  return new Map(ends);
}

const INTERPRETERS = [
  { by: 'the sandbox’s interpreter', interpreter: createEngine, rows: ROWS },
  ...(MOTO_INSTALLED ? [{ by: 'moto’s', interpreter: await motoEngineOfThisFile(), rows: DISTINCT }] : []),
];

describe.each(INTERPRETERS)(`in $by${NO_MOTO}`, ({ interpreter, rows }) => {
  let seen: Awaited<ReturnType<typeof playAll>>;
  beforeAll(async () => {
    seen = await playAll(interpreter, rows);
  });

  test.each(rows)(
    '%s that fails with %s is tried %i times, and then comes %s',
    (name, error, tries, next) => {
      expect(seen.get(`${name}:${error}`)).toEqual({ tries, next });
    },
  );
});

test('a list that tries again what is an answer is noticed', async () => {
  const { RequestApproval } = STATES;
  const Retry = [{ ErrorEquals: ['PolicyGuard.Denied'], MaxAttempts: 1 }];
  const wrong = await playAll(createEngine, ROWS, {
    ...STATES,
    RequestApproval: { ...RequestApproval, Retry } as State,
  });
  expect(wrong.get('RequestApproval:PolicyGuard.Denied')).toEqual({ tries: 2, next: 'Discard' });
});

test('every task is played, with every error that it tries again or not', () => {
  const named = Object.entries(STATES).flatMap(([name, { Retry = [] }]) =>
    (Retry as { ErrorEquals: string[] }[])
      .flatMap(({ ErrorEquals }) => ErrorEquals)
      .filter((error) => error !== NO_ANSWER)
      .map((error) => `${name}:${error === 'States.ALL' ? ANY : error}`),
  );
  const played = ROWS.map(([name, error]) => `${name}:${error}`);
  expect(named.filter((each) => !played.includes(each))).toEqual([]);
  const tasks = Object.entries(STATES).filter(([, { Type }]) => Type === 'Task');
  expect([...new Set(ROWS.map(([name]) => name))].toSorted()).toEqual(tasks.map(([name]) => name).toSorted());
});
