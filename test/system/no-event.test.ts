import { randomUUID } from 'node:crypto';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GuardedSandbox, startGuardedSandbox, withinSandbox } from '../support/guarded-sandbox.ts';

const STATE_MACHINE = 'arn:aws:states:us-east-1:123456789012:stateMachine:policy-guard';
/** What nobody is to read anywhere. */
const MARK = 'quoted-xyzzy';

const nested = (levels: number) => `${`{"${MARK}":`.repeat(levels)}1${'}'.repeat(levels)}`;
const text = (value: unknown) => JSON.stringify(value);

const INPUTS = {
  null: 'null',
  true: 'true',
  'a number': '7',
  'a string': text(`<!channel> ${MARK}`),
  'a long string': text(MARK.repeat(15_000)),
  'an empty list': '[]',
  'a list of events': text([{ detail: { eventName: MARK } }]),
  'an empty object': '{}',
  'an object without anything of an event': text({ verdict: 'allowed', change: MARK, status: 'quarantined' }),
  'a detail that is nothing': text({ detail: null, source: MARK }),
  'a detail that is text': text({ detail: MARK }),
  'a detail without anything of an event': text({ detail: { [MARK]: 1 } }),
  'a thousand levels': nested(1_000),
  'lists within lists': `${'['.repeat(900)}"${MARK}"${']'.repeat(900)}`,
  'fifteen thousand keys': text(
    Object.fromEntries(Array.from({ length: 15_000 }, (_, at) => [`k${at}`, at])),
  ),
  'the failure of a step': text({ failure: { Error: 'PolicyGuard.UnknownChange', Cause: MARK } }),
  'a request to go on with that is a number': '{"resume":7}',
  'a request to go on with that is nothing': '{"resume":null}',
  'a request to go on with that is empty': '{"resume":""}',
  'a request to go on with that nobody knows': text({ resume: MARK }),
  'a request to go on with whose id is long': text({ resume: MARK.repeat(1_000) }),
  'a request to tell of that nobody knows': text({ unconfirmed: MARK }),
  'a request to tell of that is a list': text({ unconfirmed: [MARK] }),
  'a report that nobody knows': text({ sweep: MARK }),
  'a report whose id is long': text({ sweep: MARK.repeat(1_000) }),
};

let guard: GuardedSandbox;
const arns = new Map<string, string>();

function start({ sandbox }: GuardedSandbox, input: string) {
  const developer = sandbox.callers.find(({ id }) => id === 'developer');
  const sfn = new SFNClient({
    endpoint: sandbox.aws,
    region: 'us-east-1',
    credentials: developer?.credentials,
  });
  return sfn.send(new StartExecutionCommand({ stateMachineArn: STATE_MACHINE, name: randomUUID(), input }));
}

beforeAll(async () => {
  guard = await startGuardedSandbox({});
  for (const [what, input] of Object.entries(INPUTS))
    arns.set(what, (await start(guard, input)).executionArn ?? '');
  await guard.settled();
});
afterAll(() => guard.stop());

describe('an execution that is started with what is no event', () => {
  it.each(Object.keys(INPUTS))('%s: ends at once, after a single try of each of its steps', (what) => {
    const execution = guard.sandbox.executions().find(({ arn }) => arn === arns.get(what));
    expect(execution).toMatchObject({ status: 'FAILED', end: { error: 'PolicyGuard.NoEvent' } });
    expect(execution?.path).not.toContain('Inspect');
    const failed = execution?.history.filter(({ type }) =>
      /^Task.*Failed$|^LambdaFunctionFailed$/.test(type),
    );
    expect(failed?.length).toBeLessThanOrEqual(1);
  });

  it('calls the channel once, with each execution, and quotes nothing', async () => {
    const { slack, emails } = await guard.state();
    const calls = slack.messages.filter(({ text }) => text.includes('what is no event'));
    expect(calls.filter(({ text }) => text.includes('<!channel>'))).toHaveLength(1);
    const told = JSON.stringify([slack.messages, emails]);
    for (const arn of arns.values()) expect(told).toContain(arn);
    expect(told).not.toContain(MARK);
  });

  it('is told with who did it, once, as soon as CloudTrail shows that', () =>
    withinSandbox({}, async (other) => {
      await start(other, 'null');
      await other.settled();
      for (let run = 0; run < 2; run++) {
        await other.post('/api/reconcile', {});
        await other.settled();
      }
      const { slack } = await other.state();
      const told = slack.messages.filter(({ text }) => text.includes('It was started by'));
      expect(told).toHaveLength(1);
      expect(told[0]?.text).toMatch(/^<!channel> .*It was started by developer /);
      expect(other.sandbox.executions().filter(({ name }) => name.startsWith('again-'))).toEqual([]);
    }));

  it('is refused where it is deeper than can be copied', async () => {
    await expect(start(guard, nested(5_000))).rejects.toThrow('Too deep');
  });
});
