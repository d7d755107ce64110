import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentView } from '../../../../bot/slack/messages/document-view.ts';
import { describeRequest } from '../../../../bot/view/describe-request.ts';
import { layOut } from '../../../../bot/view/document-lines.ts';
import type { Finding } from '../../../../workflow/inspection/finding.ts';
import { allText } from '../../../support/block-kit.ts';
import { aRequest } from '../../../support/requests.ts';

const bare = (text: string) => text.replace(/\s/g, '');
const laidOut = (document: string) =>
  layOut(document)
    .map(({ text }) => text)
    .join('\n');

const finding = (grantedBy: string, statement: number): Finding => ({
  restricted: 's3:DeleteBucket',
  grantedBy,
  statement,
  resources: ['*'],
  conditional: false,
});

function marked(document: string, findings: Finding[]): string[] {
  const request = aRequest('one', { inspection: { findings, total: findings.length } });
  const view = documentView(describeRequest(request), findings, { text: document, sha256: 'ab' });
  return allText(view.blocks)
    .split('\n')
    .filter((line) => /^`*▶ +/.test(line) && line.includes('"'))
    .map((line) => line.replace(/^`*▶ +/, '').replace(/,$/, ''));
}

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
    });
  });
});

describe('the modal with the reviewed document', () => {
  it('marks what grants, in the statement that grants it and in no other', () => {
    const document =
      '{"Statement":[{"Effect":"Deny","Action":"s3:*"},{"Effect":"Allow","Action":["s3:Get*","s3:*"]}]}';
    expect(marked(document, [finding('s3:*', 1)])).toEqual(['"s3:*"']);
  });

  it('marks an action that is written with escapes', () => {
    expect(marked('{"Statement":[{"Action":["\\u0073\\u0033:*"]}]}', [finding('s3:*', 0)])).toEqual([
      '"\\u0073\\u0033:*"',
    ]);
  });

  it('marks NotAction', () => {
    expect(marked('{"Statement":[{"NotAction":"iam:*"}]}', [finding('NotAction: iam:*', 0)])).toEqual([
      '"NotAction": "iam:*"',
    ]);
  });

  it('shows a document that cannot be shown as JSON as it is', () => {
    const view = documentView(describeRequest(aRequest('one')), [], {
      text: 'no `JSON`\nat all',
      sha256: 'ab',
    });
    expect(allText(view.blocks)).toContain('no ˋJSONˋ');
  });

  it('says that there is no document when it could not be read', () => {
    const unreadable = aRequest('one', { inspection: { findings: [], total: 0, unreadable: 'omitted' } });
    expect(allText(documentView(describeRequest(unreadable), [], undefined).blocks)).toContain('`omitted`');
  });

  it('counts the lines that do not fit', () => {
    const document = `{"Statement":[${Array(9_000).fill('"padding"').join(',')}]}`;
    const view = documentView(describeRequest(aRequest('one')), [], { text: document, sha256: 'ab' });
    expect(allText(view.blocks)).toMatch(/\*\d+ more lines are not shown\.\*/);
  });
});
