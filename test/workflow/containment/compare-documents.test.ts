import { describe, expect, it } from 'vitest';
import { sameDocument } from '../../../workflow/containment/compare-documents.ts';
import { BAD, HARMLESS } from '../../support/ways-in.ts';

describe('sameDocument', () => {
  it.each([
    ['the same bytes', BAD, BAD, true],
    ['the same JSON, spaced differently', BAD, JSON.stringify(JSON.parse(BAD), null, 2), true],
    ['an escape for the same character', '{"a":"A"}', '{"a":"\\u0041"}', true],
    ['other JSON', BAD, HARMLESS, false],
    ['the same text that is no JSON', 'no policy', 'no policy', true],
    ['other text that is no JSON', 'no policy', 'none', false],
  ])('of %s', (_what, one, other, same) => {
    expect(sameDocument(one, other)).toBe(same);
  });
});
