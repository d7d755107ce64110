import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut } from '../../../../bot/media/wording/document-lines.ts';

const bare = (text: string) => text.replace(/\s/g, '');
const laidOut = (document: string) =>
  layOut(document)
    .map(({ text }) => text)
    .join('\n');
/** The statement of each line that holds the text. */
const statementOf = (document: string, text: string) =>
  layOut(document).find((line) => line.text.includes(text))?.statement;

describe('a document laid out for reading', () => {
  it('is indented', () => {
    expect(laidOut('{"Statement":[{"Effect":"Allow","Action":["a:B","c:D"],"Condition":{}}]}')).toBe(
      [
        '{',
        '  "Statement": [',
        '    {',
        '      "Effect": "Allow",',
        '      "Action": [',
        '        "a:B",',
        '        "c:D"',
        '      ],',
        '      "Condition": {}',
        '    }',
        '  ]',
        '}',
      ].join('\n'),
    );
  });

  it('keeps duplicate keys and escapes, which parsing would hide', () => {
    const document = '{"Statement":{"Action":"s3:Get*","\\u0041ction":"s3:*"},"Statement":[]}';
    expect(bare(laidOut(document))).toBe(document);
  });

  it('loses nothing but white space, whatever the document is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.json(), fc.string({ unit: 'grapheme' })), (document) => {
        expect(bare(laidOut(document))).toBe(bare(document));
      }),
    );
  });

  it('knows to which statement each line belongs', () => {
    const lines = layOut('{"Statement":[{"Action":"a:B"},{"Action":["c:D"]}],"Id":"x"}');
    const of = (text: string) => lines.find((line) => line.text.includes(text))?.statement;
    expect([of('a:B'), of('c:D'), of('"x"')]).toEqual([0, 1, undefined]);
  });

  it('knows a lone statement', () => {
    expect(layOut('{"Statement":{"Action":"a:B"}}')[2]).toEqual({
      text: '    "Action": "a:B"',
      statement: 0,
      element: 'action',
    });
  });

  it('knows which element of its statement each line holds, listed or not', () => {
    const lines = layOut('{"Statement":[{"Action":["a:B","c:D"],"Resource":"*","Sid":"x"}],"Id":"y"}');
    const of = (text: string) => lines.find((line) => line.text.includes(text))?.element;
    expect(['Action', 'a:B', 'c:D', '*', 'x', 'y'].map(of)).toEqual([
      ...['action', 'action', 'action'],
      ...['resource', 'sid', undefined],
    ]);
  });

  it.each(['action', 'ACTION', '\\u0041ction', 'Action '])(
    'reads a key as the inspection does: %s',
    (key) => {
      const line = layOut(`{"Statement":{"${key}":["a:B"]}}`).find(({ text }) => text.includes('a:B'));
      expect(line?.element).toBe('action');
    },
  );

  it.each([
    ['a condition', '{"Condition":{"StringEquals":{"Action":"a:B"}}}'],
    ['an object where texts should be', '{"Action":{"Action":"a:B"}}'],
    ['a list in a list', '{"Action":[["a:B"]]}'],
    ['a statement that is a list', '["Action","a:B"]'],
  ])('takes nothing for an element of the statement that stands in %s', (_, statement) => {
    const lines = layOut(`{"Statement":[${statement}]}`);
    expect(lines.find(({ text }) => text.includes('a:B'))).not.toHaveProperty('element');
  });

  it('counts a statement from its first bracket to its last, and nothing around it', () => {
    const lines = layOut('{"Statement":[{"Action":"a:B"},{"Action":"c:D"}],"Id":"x"}');
    expect(lines.map(({ statement }) => statement)).toEqual([
      ...[undefined, undefined],
      ...[0, 0, 0],
      ...[1, 1, 1],
      ...[undefined, undefined, undefined],
    ]);
  });

  it.each([
    ['a second list of statements', '{"Statement":[{"A":"a"}],"Statement":[{"A":"b"}]}', 1],
    ['a key in lower case', '{"statement":[{"A":"a"},{"A":"b"}]}', 1],
    ['a key with escapes', '{"\\u0053tatement":[{"A":"a"},{"A":"b"}]}', 1],
    ['elements that are no statements', '{"Statement":[1,"x",{},{"A":"b"}]}', 3],
    ['an empty list before', '{"Statement":[],"Statement":{"A":"b"}}', 0],
  ])('counts as the inspection does: %s', (_, document, statement) => {
    expect(statementOf(document, '"b"')).toBe(statement);
  });
});
