import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { ERROR } from '../../workflow/decisions/error-names.ts';
import definition from '../../workflow/state-machine.asl.json' with { type: 'json' };

interface Rule {
  Variable?: string;
  StringEquals?: string;
  BooleanEquals?: boolean;
  IsPresent?: boolean;
  IsString?: boolean;
  And?: Rule[];
  Or?: Rule[];
  Next?: string;
}

interface Retrier {
  Comment?: string;
  ErrorEquals: string[];
  MaxAttempts?: number;
  IntervalSeconds?: number;
  BackoffRate?: number;
  MaxDelaySeconds?: number;
}

interface State {
  Type: string;
  Comment?: string;
  Next?: string;
  Default?: string;
  Choices?: Rule[];
  Retry?: Retrier[];
  Catch?: { ErrorEquals: string[]; Next: string }[];
  TimeoutSeconds?: number;
  TimeoutSecondsPath?: string;
}

const states = new Map<string, State>(Object.entries(definition.States as Record<string, State>));

function stateNamed(name: string): State {
  const state = states.get(name);
  if (state === undefined) throw new Error(`There is no state ${name}.`);
  return state;
}

const nextOf = ({ Next, Default, Choices = [], Catch = [] }: State): string[] => [
  ...new Set(
    [Next, Default, ...Choices.map((rule) => rule.Next), ...Catch.map((rule) => rule.Next)].filter(
      (name) => name !== undefined,
    ),
  ),
];

/** Where a Choice leads with this state. */
function choose(name: string, state: unknown): string | undefined {
  const found = (path: string) =>
    path
      .split('.')
      .slice(1)
      .reduce<unknown>((value, key) => (value as Record<string, unknown> | null | undefined)?.[key], state);
  const holds = (rule: Rule): boolean => {
    const { Variable = '', StringEquals, BooleanEquals, IsPresent, IsString, And, Or } = rule;
    const value = found(Variable);
    if (IsPresent === true) return value !== undefined;
    if (IsString === true) return typeof value === 'string';
    return And?.every(holds) ?? Or?.some(holds) ?? value === (StringEquals ?? BooleanEquals);
  };
  const { Choices = [], Default } = stateNamed(name);
  return Choices.find(holds)?.Next ?? Default;
}

it('is valid Amazon States Language', () => {
  const text = JSON.stringify(definition).replace(/\$\{(\w+)\}/g, (_whole, name: string) =>
    name === 'Partition' ? 'aws' : `arn:aws:lambda:us-east-1:123456789012:function:${name}`,
  );
  const { isValid, errorsText } = validate(JSON.parse(text));
  expect(errorsText()).toBe('');
  expect(isValid).toBe(true);
});

it('reaches every state', () => {
  const reached = new Set([definition.StartAt]);
  for (const name of reached) for (const next of nextOf(stateNamed(name))) reached.add(next);
  expect([...states.keys()].filter((name) => !reached.has(name))).toEqual([]);
});

describe.each([...states])('%s', (_name, state) => {
  it('says why it tries again as often as it does', () => {
    for (const retry of state.Retry ?? []) expect(retry.Comment).toMatch(/\.$/);
  });

  it('says what it does, where it may run out of time', () => {
    if (state.TimeoutSeconds === undefined && state.TimeoutSecondsPath === undefined) return;
    expect(state.Comment).toMatch(/\.$/);
  });

  it('leads every failure of a task on to somebody, also one that States.ALL does not match', () => {
    if (state.Type !== 'Task') return;
    const caught = state.Catch?.flatMap(({ ErrorEquals }) => ErrorEquals);
    expect(caught).toContain('States.DataLimitExceeded');
    expect(caught?.at(-1)).toBe('States.ALL');
  });

  it('tries again after any fault, whatever it is called, and after no answer', () => {
    if (state.Type !== 'Task') return;
    const rules = state.Retry ?? [];
    expect(rules.at(-1)?.ErrorEquals).toEqual(['States.ALL']);
    const answers = [
      ...['Denied', 'AlreadyDecided', 'Overtaken'].map((name) => `PolicyGuard.${name}`),
      'States.Timeout',
    ];
    const first = state.TimeoutSecondsPath === undefined ? undefined : rules[0];
    expect(first?.ErrorEquals ?? answers).toEqual(answers);
    expect(first?.MaxAttempts ?? 0).toBe(0);
    const named = rules.flatMap(({ ErrorEquals }) => ErrorEquals);
    expect(named.filter((error) => /^(Lambda|Runtime|Sandbox)\./.test(error))).toEqual([]);
  });

  it('names no error of the guard that nobody throws', () => {
    const named = [...(state.Retry ?? []), ...(state.Catch ?? [])].flatMap(({ ErrorEquals }) => ErrorEquals);
    const ours = named.filter((error) => error.startsWith('PolicyGuard.'));
    expect(ours.filter((error) => !Object.values<string>(ERROR).includes(error))).toEqual([]);
  });
});

/** The waits of a retry list, in seconds, without jitter. Defaults: Amazon States Language, "Retrier Examples". */
function waitsOf({
  MaxAttempts = 3,
  IntervalSeconds = 1,
  BackoffRate = 2,
  MaxDelaySeconds,
}: Retrier): number[] {
  return Array.from({ length: MaxAttempts }, (_, tried) =>
    Math.min(IntervalSeconds * BackoffRate ** tried, MaxDelaySeconds ?? Number.POSITIVE_INFINITY),
  );
}

/** For how long each is tried again whatever fails, and the longest wait in between: what its comment promises. Seconds. */
const PATIENCE: [together: number, longest: number, states: string[]][] = [
  // The grant is in force meanwhile.
  [7, 4, ['Inspect', 'AnnounceAllowed']],
  [31, 16, ['StillInForce', 'PutBack']],
  [51, 20, ['Quarantine']],
  [121, 30, ['Escalate']],
  [183, 60, ['Restore', 'Discard']],
  [362, 60, ['RequestApproval', 'Remind']],
  [
    ...([543, 60] as const),
    [
      ...['Resume', 'TellUnconfirmed', 'TellSweep', 'KeepOthers', 'Report', 'Record'],
      ...['ExpireOrRemind', 'AskAgain', 'Announce'],
    ],
  ],
];

it.each(PATIENCE)(
  'tries again for %i seconds in all, and waits %i at most: %j',
  (together, longest, names) => {
    for (const name of names) {
      const [last] = (stateNamed(name).Retry ?? []).toReversed();
      const waits = waitsOf(last ?? expect.fail());
      expect([name, waits.reduce((sum, wait) => sum + wait, 0)]).toEqual([name, together]);
      expect([name, Math.max(...waits)]).toEqual([name, longest]);
    }
  },
);

it('knows the patience of every task that is tried again', () => {
  const tried = [...states].filter(([, { Retry = [] }]) => Retry.some((each) => each.MaxAttempts !== 0));
  expect(PATIENCE.flatMap(([, , names]) => names).sort()).toEqual(tried.map(([name]) => name).sort());
});

it('waits for Slack’s rate limit for forty minutes at most, half of that on average, and not all at once', () => {
  const limited = [...states].flatMap(([, { Retry = [] }]) =>
    Retry.filter(({ ErrorEquals }) => ErrorEquals.includes('PolicyGuard.SlackRateLimited')),
  );
  expect(limited).not.toEqual([]);
  for (const each of limited) {
    expect(each).toMatchObject({ JitterStrategy: 'FULL' });
    expect(Math.round(waitsOf(each).reduce((sum, wait) => sum + wait, 0))).toBe(2_511);
  }
});

describe('a judgement', () => {
  it.each([
    [{ verdict: 'allowed', notifyAllowed: false }, 'Allowed'],
    [{ verdict: 'allowed', notifyAllowed: true }, 'AnnounceAllowed'],
    [{ verdict: 'own-change', notifyAllowed: false }, 'OwnChange'],
    [{ verdict: 'duplicate', notifyAllowed: false }, 'Duplicate'],
    [{ verdict: 'observed', notifyAllowed: false }, 'Report'],
    [{ verdict: 'exempt', notifyAllowed: false }, 'Report'],
    [{ verdict: 'foreign', change: {} }, 'LeftToOthers'],
    [{ verdict: 'foreign' }, 'ForeignUnread'],
    [{ verdict: 'restricted', notifyAllowed: false }, 'Quarantine'],
    [{ verdict: 'anything else', notifyAllowed: true }, 'Quarantine'],
    [{}, 'Quarantine'],
  ])('%j leads to %s', (judgement, next) => {
    expect(choose('Judge', judgement)).toBe(next);
  });
});

describe('what Quarantine has done', () => {
  it.each([
    ['quarantined', 'Record'],
    ['observed', 'Report'],
    ['own-change', 'OwnChangeAfterAll'],
    ['superseded', 'Announce'],
    ['gone', 'Announce'],
  ])('%s leads to %s', (status, next) => {
    expect(choose('Contained', { status })).toBe(next);
  });

  it('leads to people where they were asked about what is the guard’s own', () => {
    expect(choose('Contained', { status: 'own-change', asked: true })).toBe('Announce');
  });
});

describe('what Record has found', () => {
  it.each([
    [{ status: 'recorded' }, 'RequestApproval'],
    [{ status: 'duplicate' }, 'Announce'],
    [{ status: 'quarantined', approvedBefore: 'pg-1' }, 'PutBack'],
  ])('%j leads to %s', (state, next) => {
    expect(choose('Recorded', state)).toBe(next);
  });

  it('is announced once it is put back, and asked about when it is not', () => {
    expect(nextOf(stateNamed('PutBack'))).toEqual(['Contained', 'Record']);
    expect(choose('Contained', { status: 'approved' })).toBe('Announce');
    expect(choose('Contained', { status: 'quarantined', approvedBefore: 'pg-1' })).toBe('Record');
  });
});

it('what else a padded event is about is kept, whatever has become of its first change', () => {
  const others = [{ requestId: 'pg-2', padded: {} }];
  expect(choose('Contained', { status: 'quarantined', others })).toBe('KeepOthers');
  expect(choose('Contained', { status: 'gone', others })).toBe('KeepOthers');
  expect(nextOf(stateNamed('KeepOthers'))).toEqual(['Contained', 'Escalate']);
});

describe('what was approved for others than it would serve now', () => {
  it('is asked about anew', () => {
    expect(choose('Restored', { outcome: 'superseded', askAgain: true })).toBe('AskAgain');
    expect(choose('Restored', { outcome: 'superseded' })).toBe('Announce');
    expect(choose('AskedAgain', { status: 'recorded' })).toBe('RequestApproval');
  });

  it('is quarantined again where another approval has put it back meanwhile', () => {
    expect(choose('AskedAgain', { verdict: 'restricted' })).toBe('Quarantine');
  });

  it('is announced where nothing is asked', () => {
    expect(choose('AskedAgain', { status: 'recorded', outcome: 'superseded' })).toBe('Announce');
  });
});

it('a report ends the execution, and escalates when it can’t be made', () => {
  expect(nextOf(stateNamed('Report'))).toEqual(['Ended', 'Escalate']);
});

describe('what an execution is started with', () => {
  it.each([
    [{ resume: 'pg-abc' }, 'Resume'],
    [{ unconfirmed: 'pg-abc' }, 'TellUnconfirmed'],
    [{ detail: { eventName: 'CreatePolicy' } }, 'Inspect'],
    [{ sweep: 'stock-1' }, 'TellSweep'],
    [{ eventSource: 'iam.amazonaws.com' }, 'Inspect'],
    [{ detail: { eventID: null } }, 'Inspect'],
    [{}, 'NoEvent'],
    [{ resume: 7 }, 'NoEvent'],
    [{ detail: null }, 'NoEvent'],
    [[], 'NoEvent'],
    [null, 'NoEvent'],
    ['text', 'NoEvent'],
    [7, 'NoEvent'],
    [true, 'NoEvent'],
  ])('%j leads to %s', (input, next) => {
    expect(choose('Begin', input)).toBe(next);
  });
});

describe('a request that is taken up', () => {
  it.each([
    ['quarantine', 'Quarantine'],
    ['ask', 'RequestApproval'],
    ['expire', 'ExpireOrRemind'],
    ['restore', 'Restore'],
    ['discard', 'Discard'],
    ['announce', 'Announce'],
    ['nothing', 'NothingToDo'],
    ['anything else', 'NothingToDo'],
  ])('to %s goes on with %s', (next, state) => {
    expect(choose('Resumed', { next })).toBe(state);
  });
});

describe('a grant that is still in force', () => {
  it('is what every failure of Quarantine leads to, but the one that people have to mend', () => {
    const next = new Map(
      stateNamed('Quarantine').Catch?.flatMap(({ ErrorEquals, Next }) =>
        ErrorEquals.map((name) => [name, Next]),
      ),
    );
    expect(next.get('States.ALL')).toBe('StillInForce');
    expect(next.get('PolicyGuard.UnknownChange')).toBe('Escalate');
  });

  it.each([
    ['quarantine', 'WaitToTryAgain'],
    ['left', 'LeftInForce'],
    ['unfinished', 'Unfinished'],
    ['anything else', 'WaitToTryAgain'],
  ])('and then %s leads to %s', (next, state) => {
    expect(choose('Trying', { trying: { next } })).toBe(state);
  });

  it('is tried again also when nobody could be told', () => {
    expect(nextOf(stateNamed('StillInForce'))).toEqual(['Trying', 'TryAgainUntold']);
    expect(nextOf(stateNamed('TryAgainUntold'))).toEqual(['WaitToTryAgain']);
    expect(nextOf(stateNamed('WaitToTryAgain'))).toEqual(['Quarantine']);
  });
});

it('an escalation that nobody heard ends so that it is told later', () => {
  expect(nextOf(stateNamed('Escalate'))).toEqual(['Escalated', 'Untold']);
  expect(choose('Escalated', { failure: { Error: 'PolicyGuard.UnknownChange' } })).toBe('LeftToPeople');
  expect(choose('Escalated', { failure: { Error: 'Lambda.Unknown' } })).toBe('Failed');
});
