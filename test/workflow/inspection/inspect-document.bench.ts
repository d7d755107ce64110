import { test } from 'vitest';
import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';

/**
 * The worst documents, each at half and at the whole length that the API takes, so that the ratio of the two shows
 * how the work grows: two is linear, four is quadratic.
 */
const LENGTHS = [65_536, 131_072];

const restricted = Array.from({ length: 1_000 }, (_, index) => ({
  pattern: `s3:Delete${index.toString(36)}*x`,
}));

/** Repeats what `part` gives, numbered, until the document is as long as it may be. */
function fill(length: number, head: string, part: (index: string) => string, tail: string): string {
  const parts: string[] = [];
  let used = head.length + tail.length;
  for (let index = 0; ; index++) {
    const next = part(index.toString(36));
    used += next.length + 1;
    if (used > length) return head + parts.join(',') + tail;
    parts.push(next);
  }
}

const grant = (actions: string) => `{"Effect":"Allow","Resource":"*","Action":[${actions}]}`;
const allow = '{"Statement":[{"Effect":"Allow","Resource":"*","Action":[';
const deny =
  '{"Statement":[{"Effect":"Allow","Resource":"*","Action":["s3:*"]},{"Effect":"Deny","Resource":"*",';

const documents: Record<string, (length: number) => string> = {
  'many small actions': (length) => fill(length, allow, (index) => `"s3:${index}"`, ']}]}'),
  'many small patterns': (length) => fill(length, allow, (index) => `"s3:*${index}*"`, ']}]}'),
  'many patterns without a service': (length) => fill(length, allow, (index) => `"*${index}"`, ']}]}'),
  'one pattern of stars': (length) => `{"Statement":${grant(`"s3:${'*a'.repeat(length / 2 - 50)}"`)}}`,
  'many statements': (length) => fill(length, '{"Statement":[', () => grant('"*"'), ']}'),
  'many denials': (length) => fill(length, `${deny}"Action":[`, (index) => `"s3:D*${index}"`, ']}]}'),
  'many exceptions to a denial': (length) =>
    fill(length, `${deny}"NotAction":[`, (index) => `"s3:?${index}"`, ']}]}'),
  'many grants, each denied by a pattern': (length) => {
    const half = length / 2;
    const grants = fill(half, allow, (index) => `"s3:Del*${index}"`, ']}');
    return fill(
      length,
      `${grants},{"Effect":"Deny","Resource":"*","Action":[`,
      (index) => `"s3:D*${index}"`,
      ']}]}',
    );
  },
  'nesting without end': (length) => '['.repeat(length / 2) + ']'.repeat(length / 2),
  'white space': (length) => `{"Statement":${grant('"*"')}}`.padEnd(length),
};

for (const [name, document] of Object.entries(documents)) {
  test(name, async ({ bench }) => {
    const [half, whole] = LENGTHS.map((length) => {
      const text = document(length);
      return bench(`${length} characters`, () => void inspectDocument(text, restricted));
    }) as [ReturnType<typeof bench>, ReturnType<typeof bench>];
    await bench.compare(half, whole, { time: 300, iterations: 3, warmupIterations: 2 });
  });
}
