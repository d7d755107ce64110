import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pack, sha256, unpack } from '../../../workflow/inspection/packed-document.ts';

test('a packed document comes back byte for byte', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => unpack(pack(text)) === text));
});

test('a document padded to 131,072 characters packs to a small fraction of a state', () => {
  const padded = `{"Version":"2012-10-17",${' \n\t\r'.repeat(32_000)}"Statement":[]}`.padEnd(131_072);
  expect(pack(padded).gzip.length).toBeLessThan(20_000);
});

test('a document that was changed in store is refused instead of put back', () => {
  const tampered = { ...pack('{"Statement":[]}'), sha256: sha256('something else') };
  expect(() => unpack(tampered)).toThrow(/does not match its SHA-256/);
});
