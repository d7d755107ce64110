import { describe, expect, it } from 'vitest';
import * as z from '../../../workflow/runtime/zod.ts';

describe('what does not fit a schema', () => {
  it('is told in words', () => {
    const { error } = z.object({ count: z.int() }).safeParse({ count: 'three' });
    expect(error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)).toEqual([
      'count: Invalid input: expected number, received string',
    ]);
  });
});

describe('an enumeration without some of its values', () => {
  const left = z.without(z.enum(['approved', 'denied', 'expired']), ['denied']);

  it.each(['approved', 'expired'])('takes %s', (value) => {
    expect(left.parse(value)).toBe(value);
  });

  it('refuses what was taken out, and names what is left', () => {
    expect(left.safeParse('denied').error?.issues[0]?.message).toBe(
      'Invalid option: expected one of "approved"|"expired"',
    );
  });
});
