import { expect, test } from 'vitest';
import { ANONYMOUS } from '../../../../../infra/sandbox/aws/front-door/service.ts';
import { createIamBackend } from '../../../../../infra/sandbox/aws/iam/iam-backend.ts';
import { BAD, HARMLESS } from '../../../../support/guarded-sandbox.ts';

type Input = Record<string, unknown>;

/** IAM whose clock is moved, and whose next draws are told. */
function laggingIam() {
  const at = { now: 0, draws: [] as number[] };
  const iam = createIamBackend({
    ...{ accountId: '123456789012', now: () => new Date(0), elapsedMs: () => at.now },
    draw: () => at.draws.shift() ?? 0,
  });
  iam.lag.mostMs = 1_000;
  const call = (operation: string, input: Input) =>
    iam.service[operation]?.(input, ANONYMOUS) as Record<string, never>;
  return { iam, at, call };
}

const GIVEN = { UserName: 'alice', PolicyName: 'inline' };

function writeTwice() {
  const { at, call, ...rest } = laggingIam();
  call('CreateUser', { UserName: 'alice' });
  at.now = 2_000;
  call('PutUserPolicy', { ...GIVEN, PolicyDocument: HARMLESS });
  at.now = 2_500;
  call('PutUserPolicy', { ...GIVEN, PolicyDocument: BAD });
  at.now = 2_600;
  const read = (draw: number) => {
    at.draws = [draw];
    return decodeURIComponent(call('GetUserPolicy', GIVEN).PolicyDocument ?? '');
  };
  return { ...rest, at, call, read };
}

test('a read shows IAM as it was as long ago as is drawn for it, each by itself', () => {
  const { read } = writeTwice();
  expect(read(0)).toBe(BAD);
  expect(read(0.5)).toBe(HARMLESS);
  expect(() => read(0.999)).toThrow('cannot be found');
  expect(read(0)).toBe(BAD);
});

test('nothing is shown that is older than the lag', () => {
  const { read, at } = writeTwice();
  at.now = 3_600;
  expect(read(0.999)).toBe(BAD);
});

test('writes see everything, however far reads lag behind', () => {
  const { at, call } = laggingIam();
  call('CreateUser', { UserName: 'alice' });
  at.draws = Array.from({ length: 9 }, () => 0.999);
  expect(() => call('CreateUser', { UserName: 'alice' })).toThrow('already exists');
  expect(() => call('GetUser', { UserName: 'alice' })).toThrow('cannot be found');
});

test('a group of earlier has the members of then', () => {
  const { at, call } = laggingIam();
  call('CreateUser', { UserName: 'alice' });
  call('CreateGroup', { GroupName: 'ops' });
  at.now = 2_000;
  call('AddUserToGroup', { GroupName: 'ops', UserName: 'alice' });
  at.draws = [0.9, 0];
  expect(call('GetGroup', { GroupName: 'ops' }).Users).toEqual([]);
  expect(call('GetGroup', { GroupName: 'ops' }).Users).toMatchObject([{ UserName: 'alice' }]);
});

test('without lag every read shows what is', () => {
  const { iam, at, call } = laggingIam();
  iam.lag.mostMs = 0;
  at.draws = [0.999];
  call('CreateUser', { UserName: 'alice' });
  expect(call('GetUser', { UserName: 'alice' })).toMatchObject({ User: { UserName: 'alice' } });
});

test('of each operation so many calls a second are taken, and after a rest no more at once', () => {
  const { iam, at, call } = laggingIam();
  iam.throttle.callsPerSecond = 2;
  const users = () => call('ListUsers', {});
  at.now = 60_000;
  users();
  users();
  expect(users).toThrow(
    expect.objectContaining({ code: 'Throttling', message: 'Rate exceeded', status: 400 }),
  );
  expect(call('ListGroups', {})).toMatchObject({ Groups: [] });
  at.now += 500;
  users();
  expect(users).toThrow('Rate exceeded');
});
