import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, runInspect } from './run-inspect.ts';

let folder: string;
beforeEach(() => {
  folder = makeFolder();
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
  return path;
}

const inspect = (...args: string[]) => runInspect(['--json', '--restricted', 's3:DeleteBucket', ...args]);
const nested = (open: string, close: string, inside = '') =>
  open.repeat(100_000) + inside + close.repeat(100_000);
const granting =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"s3:DeleteBucket","Resource":"*"}]}';
const template = (document: string) =>
  `{"Resources":{"P":{"Type":"AWS::IAM::ManagedPolicy","Properties":{"PolicyDocument":${document}}}}}`;

describe('a file that holds nothing to judge, by its name', () => {
  it.each<[string, string | Buffer]>([
    ['an empty file', ''],
    ['white space', ' \n\t'],
    ['a byte order mark alone', '\ufeff'],
    ['null', 'null'],
    ['an empty list', '[]'],
    ['an empty object', '{}'],
    ['a number', '12'],
    ['a text', '"hello"'],
    ['a log that was cut off', `{"Records":[${'{"a":"'.repeat(1_000)}`],
    ['one quote after another', `{${'"'.repeat(100_001)}`],
    ['lists in lists', nested('[', ']')],
    ['objects in objects', nested('{"a":', '}', '1')],
    ['bytes that are no text', Buffer.from([0, 1, 2, 3, 0xff, 0xfe, 0, 0, 0x80, 0x81])],
    ['a picture', Buffer.from('\x89PNG\r\n\x1a\n\0\0\0\rIHDR', 'latin1')],
    ['gzip of what is no text', gzipSync(Buffer.from([0, 0, 0, 1, 0, 0, 0, 2]))],
    ['a plan as Terraform saves it', Buffer.from(`PK\x03\x04${'\0'.repeat(26)}tfplan`, 'latin1')],
  ])('is not said to be well: %s', async (_, content) => {
    const { status, err } = await inspect(put('x.json', content));
    expect(status).toBe(2);
    expect(err).toContain('Inputs that could not be read: 1');
  });

  it('says of a saved plan what to inspect instead', async () => {
    const { err } = await inspect(put('tfplan', Buffer.from(`PK\x03\x04${'\0'.repeat(26)}tfplan`, 'latin1')));
    expect(err).toContain('inspect what `terraform show -json` prints of it');
  });
});

describe('a policy that is nested without end', () => {
  const action = nested('[', ']', '"s3:DeleteBucket"');
  const statement = (resource: string) =>
    `{"Statement":[{"Effect":"Allow","Action":${action},"Resource":${resource}}]}`;

  it('is held, by itself', async () => {
    const { status, lines } = await inspect(put('p.json', statement('"*"')));
    expect(status).toBe(1);
    expect(lines()).toMatchObject([{ restricted: true, unreadable: expect.stringContaining('Action') }]);
  });

  it('is told as unread, where a template would have to be put together', async () => {
    const { status, err } = await inspect(put('t.json', template(statement('{"Ref":"X"}'))));
    expect(status).toBe(2);
    expect(err).toContain('t.json could not be read: it is nested too deeply or too large');
  });

  it('is told as unread, where the anchors of YAML unfold to it', async () => {
    const doubled = [...'bcdefghij'].map(
      (name, at) => `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[at]}`)}]`,
    );
    const text = `a: &a [${Array(9).fill('x')}]\n${doubled.join('\n')}\nResources:\n  P: {Type: AWS::IAM::Policy, Properties: {PolicyDocument: {Statement: *j}}}\n`;
    const { status, err } = await inspect(put('laughs.yaml', text));
    expect(status).toBe(2);
    expect(err).toContain('Its anchors unfold to more than can be read');
  });

  it('is told as unread, where it is wrapped in text again and again', async () => {
    let text = granting;
    for (let wrap = 0; wrap < 14; wrap++) text = JSON.stringify({ m: text });
    const { status, lines } = await inspect(put('wrapped.json', text));
    expect(status).toBe(2);
    expect(lines()).toMatchObject([{ unreadable: 'It is wrapped too often to be read.' }]);
  });
});

describe('a folder of all sorts', () => {
  it('is gone through without waiting, going round, or reading what is no file', async () => {
    put('policy.json', granting);
    put('node_modules/x/policy.json', granting);
    put(`cdk.out/asset.${'0'.repeat(64)}/policy.json`, granting);
    put(`cdk.out/asset.${'1'.repeat(64)}.json`, granting);
    put(`cdk.out/asset.${'2'.repeat(64)}.zip`, 'PK');
    put('logo.png', Buffer.from('\x89PNG\r\n\x1a\n\0', 'latin1'));
    put('archive.tar.gz', gzipSync(Buffer.from('./x\0\0\0')));
    put('LICENSE', 'Permission is hereby granted');
    put('setup.cfg', '[section]\n');
    put('deployment.yaml', 'kind: Deployment\nspec:\n  tolerations: [{key: a, effect: NoSchedule}]\n');
    put('tsconfig.json', '{\n  // of the compiler\n  "compilerOptions": {},\n}');
    execFileSync('mkfifo', [join(folder, 'pipe.json')]);
    symlinkSync(folder, join(folder, 'again'));
    symlinkSync('/dev/zero', join(folder, 'zero.json'));
    const { status, lines, err } = await inspect(folder);
    expect(status).toBe(1);
    expect(lines().map(({ source }) => source)).toEqual([join(folder, 'policy.json')]);
    expect(err).not.toContain('could not be read');
  });

  it.each<[string, string, string]>([
    ['a policy that is cut off', 'policy.json', granting.slice(0, 60)],
    [
      'JSON with what can only be a policy, in a shape that is not known',
      'x.json',
      '{"grants":[{"Action":"s3:*","Resource":"*"}]}',
    ],
    [
      'a record without its name',
      'x.json',
      '{"eventVersion":"1.08","requestParameters":{"policyDocument":"{"}}',
    ],
    [
      'a template that is no YAML',
      'x.yaml',
      'Resources:\n  P:\n    Type: AWS::IAM::Policy\n{{ x }}\n  - :\n',
    ],
    [
      'a list of resources in a template that comes from elsewhere',
      'x.json',
      '{"Resources":{"Fn::Transform":{"Name":"AWS::Include"}}}',
    ],
    ['a source of Terraform with policies', 'main.tf', 'resource "aws_iam_role_policy" "p" {}'],
  ])('is not said to be well with %s', async (_, name, content) => {
    put(name, content);
    const { status } = await inspect(folder);
    expect(status).toBe(2);
  });

  it('is not held up by its own baseline and reports', async () => {
    const { out } = await inspect(put('policy.json', granting));
    const { out: sarif } = await runInspect([
      '--format',
      'sarif',
      '--restricted',
      's3:*',
      join(folder, 'policy.json'),
    ]);
    put('baseline.jsonl', out);
    put('report.json', sarif);
    const { lines, status } = await inspect(folder);
    expect(status).toBe(1);
    expect(lines()).toHaveLength(1);
  });
});

describe('what is restricted all the same', () => {
  it.each([
    [
      'a duplicate key in a template',
      template(
        granting
          .replace('"Action"', '"Action":"s3:DeleteBucket","Action"')
          .replace('DeleteBucket","Resource', 'GetObject","Resource'),
      ),
    ],
    [
      'a Deny that may not be there',
      template(
        '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Fn::If":["C",{"Effect":"Deny","Action":"s3:*","Resource":"*"},{"Ref":"AWS::NoValue"}]}]}',
      ),
    ],
    [
      'a Deny of what is decided later',
      template(
        '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":{"Ref":"X"},"Resource":"*"}]}',
      ),
    ],
    [
      'a Deny on what is decided later',
      template(
        '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Effect":"Deny","Action":"s3:*","Resource":{"Ref":"X"}}]}',
      ),
    ],
    [
      'a statement of a branch',
      template(
        '{"Statement":{"Fn::If":["C",{"Fn::If":["D",{"Effect":"Allow","Action":"s3:*","Resource":"*"},{"Ref":"AWS::NoValue"}]},{"Ref":"AWS::NoValue"}]}}',
      ),
    ],
    ['an escaped key in a text', template(JSON.stringify(granting.replace('"Action"', '"\\u0041ction"')))],
    [
      'a policy beside another',
      `{"PolicyDocument":${granting},"Earlier":[${granting.replace('Delete', 'Get')}]}`,
    ],
    ['a policy in what has the name of an event', `{"eventName":"PolicyChanged","policy":${granting}}`],
    ['a policy of a principal under the name of a resource policy', `{"accessPolicy":${granting}}`],
    [
      'a template that Terraform sets up',
      JSON.stringify({
        resource_changes: [
          {
            address: 'aws_cloudformation_stack.s',
            type: 'aws_cloudformation_stack',
            change: { actions: ['create'], after: { template_body: template(granting) } },
          },
        ],
      }),
    ],
    ['a document in URL encoding', JSON.stringify({ PolicyDocument: encodeURIComponent(granting) })],
  ])('%s', async (_, text) => {
    const { status, lines } = await inspect(put('t.json', text));
    expect(status).toBe(1);
    expect(lines()[0]).toMatchObject({ restricted: true, findings: [{ restricted: 's3:DeleteBucket' }] });
  });
});
