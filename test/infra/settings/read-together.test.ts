import { expect, it } from 'vitest';
import { readTogether } from '../../../infra/settings/read-together.ts';
import { SettingsError } from '../../../workflow/runtime/settings/settings.ts';

const complaining = (problem: string) => () => {
  throw new SettingsError([problem]);
};

it('gives back what each has read', () => {
  expect(readTogether({ one: () => 1, two: () => ['2'] })).toEqual({ one: 1, two: ['2'] });
});

it('hears all readers out before it complains', () => {
  const read = () => readTogether({ one: complaining('ONE: bad'), two: complaining('TWO: worse') });
  expect(read).toThrow(expect.objectContaining({ problems: ['ONE: bad', 'TWO: worse'] }));
});

it('does not take a fault for a bad setting', () => {
  const fault = () => {
    throw new TypeError('a fault');
  };
  expect(() => readTogether({ one: complaining('ONE: bad'), two: fault })).toThrow(TypeError);
});
