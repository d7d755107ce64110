import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { JsonObject, type JsonTree, parseJsonTree } from '../../../workflow/inspection/json-tree.ts';

/** What `JSON.parse` makes of the same text: the last of duplicate keys stays. */
function plain(tree: JsonTree): unknown {
  if (Array.isArray(tree)) return tree.map(plain);
  if (!(tree instanceof JsonObject)) return tree;
  const result: Record<string, unknown> = {};
  for (const [key, value] of tree.entries) {
    Object.defineProperty(result, key, { value: plain(value), enumerable: true, configurable: true });
  }
  return result;
}

describe('reading JSON with every key', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), fc.constantFrom(0, 1, '\t'), (text, indent) => {
        const laidOut = JSON.stringify(JSON.parse(text), undefined, indent);
        expect(plain(parseJsonTree(laidOut))).toEqual(JSON.parse(text));
      }),
    );
  });

  it('refuses what JSON.parse refuses', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'{}[],:"\\u0041 truefalsn1.e-') }), (text) => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        if (valid) expect(plain(parseJsonTree(text))).toEqual(JSON.parse(text));
        else expect(() => parseJsonTree(text)).toThrow(SyntaxError);
      }),
    );
  });

  it('keeps duplicate keys in their order, escaped or not', () => {
    const tree = parseJsonTree('{"a": 1, "b": [true], "\\u0061": {"a": "x", "a": null}}');
    const entries = (tree as JsonObject).entries;
    expect(entries.map(([key]) => key)).toEqual(['a', 'b', 'a']);
    expect((entries[2]?.[1] as JsonObject | undefined)?.entries).toEqual([
      ['a', 'x'],
      ['a', null],
    ]);
  });

  it('knows where an object stands in the text', () => {
    const text = '[1, {"a": "}"} , 2]';
    const [, object] = parseJsonTree(text) as JsonTree[];
    expect(text.slice((object as JsonObject).start, (object as JsonObject).end)).toBe('{"a": "}"}');
  });

  it('goes as deep as the text does', () => {
    const depth = 500_000;
    expect(() => parseJsonTree(`${'[{"a":'.repeat(depth)}0${'}]'.repeat(depth)}`)).not.toThrow();
  });
});
