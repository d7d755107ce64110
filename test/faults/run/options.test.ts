import { availableParallelism } from 'node:os';
import { describe, expect, it } from 'vitest';
import { readOptions } from './options.ts';

describe('the options', () => {
  it('draw a seed unless one is given', () => {
    expect(readOptions({}, () => 5)).toMatchObject({
      seed: 5,
      minutes: 10,
      oneIn: 1,
      workers: availableParallelism(),
      short: false,
    });
    expect(readOptions({ seed: '9' }, () => 5)).toMatchObject({ seed: 9 });
    expect(readOptions({ short: true }, () => 5)).toMatchObject({ seed: 1 });
  });

  it('refuse what is no number, naming the option', () => {
    expect(() => readOptions({ minutes: 'ten' }, () => 5)).toThrow(
      '--minutes must be a whole number, not "ten".',
    );
  });

  it('read which part of how many is played', () => {
    expect(readOptions({}, () => 5).shard).toEqual({ nth: 1, of: 1 });
    expect(readOptions({ shard: '3/12' }, () => 5).shard).toEqual({ nth: 3, of: 12 });
  });

  it.each(['3', '0/2', '3/2', '1/0', 'a/b', '1/2/3'])('refuse the part %s', (shard) => {
    expect(() => readOptions({ shard }, () => 5)).toThrow('--shard must be K/N');
  });
});
