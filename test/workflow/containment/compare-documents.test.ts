import { describe, expect, it } from 'vitest';
import { isPlaceholder, sameDocument } from '../../../workflow/containment/compare-documents.ts';
import { PLACEHOLDER } from '../../../workflow/containment/placeholder.ts';
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

describe('isPlaceholder', () => {
  it('knows it also where IAM has spaced it', () => {
    expect(isPlaceholder(JSON.stringify(JSON.parse(PLACEHOLDER), null, 4))).toBe(true);
  });

  it('is not deceived by a document that only parses to the placeholder', () => {
    const granting = '"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}],';
    const disguised = PLACEHOLDER.replace('"Statement"', `${granting}"Statement"`);
    expect(JSON.parse(disguised)).toEqual(JSON.parse(PLACEHOLDER));
    expect(isPlaceholder(disguised)).toBe(false);
  });
});
