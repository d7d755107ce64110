/** Documents made to be hard to judge, each as long as is asked for. */

const allow = '{"Statement":[{"Effect":"Allow","Resource":"*","Action":[';
const denied = (action: string) =>
  `{"Statement":[{"Effect":"Allow","Resource":"*","Action":["${action}"]},{"Effect":"Deny","Resource":"*",`;
const grant = (actions: string) => `{"Effect":"Allow","Resource":"*","Action":[${actions}]}`;

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

export const worstDocuments: Readonly<Record<string, (length: number) => string>> = {
  'small actions': (length) => fill(length, allow, (index) => `"iam:${index}"`, ']}]}'),
  'small patterns': (length) => fill(length, allow, (index) => `"iam:*${index}*"`, ']}]}'),
  'patterns without a service': (length) => fill(length, allow, (index) => `"*${index}"`, ']}]}'),
  'patterns of any service': (length) => fill(length, allow, (index) => `"*:*e*t*${index}*"`, ']}]}'),
  'one pattern of stars': (length) => `{"Statement":${grant(`"s3:${'*a'.repeat(length / 2 - 50)}"`)}}`,
  'statements of everything': (length) => fill(length, '{"Statement":[', () => grant('"*"'), ']}'),
  'statements of all but something': (length) =>
    fill(
      length,
      '{"Statement":[',
      (index) => `{"Effect":"Allow","Resource":"*","NotAction":"${index}"}`,
      ']}',
    ),
  denials: (length) => fill(length, `${denied('iam:*')}"Action":[`, (index) => `"iam:D*${index}"`, ']}]}'),
  'exceptions to a denial': (length) =>
    fill(length, `${denied('iam:*')}"NotAction":[`, (index) => `"iam:?${index}"`, ']}]}'),
  'grants that are all denied': (length) => {
    const grants = fill(length / 2, allow, (index) => `"iam:*${index}*"`, ']}');
    const head = `${grants},{"Effect":"Deny","Resource":"*","Action":["*",`;
    return fill(length, head, (index) => `"iam:?${index}*"`, ']}]}');
  },
  'grants on resources of another service': (length) =>
    fill(
      length,
      '{"Statement":[{"Effect":"Allow","Resource":"arn:aws:sqs:::x","Action":[',
      (index) => `"i?m:*${index}*"`,
      ']}]}',
    ),
  conditions: (length) =>
    fill(
      length,
      '{"Statement":[',
      () => '{"Effect":"Allow","Resource":"*","Action":"iam:*","Condition":{"N":{"a":1.0}}}',
      ']}',
    ),
  escapes: (length) => fill(length, allow, (index) => `"\\u0069am:*${index}"`, ']}]}'),
  'nesting without end': (length) => '['.repeat(length / 2) + ']'.repeat(length / 2),
};
