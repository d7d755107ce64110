import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, runInspect } from './run-inspect.ts';

const root = join(import.meta.dirname, '../../../..');
const policies = join(root, 'fixtures/inspect/policies');
const inspect = (format: string, ...args: string[]) =>
  runInspect(['--format', format, '--restricted', 's3:DeleteBucket severity=critical', ...args], {
    cwd: root,
  });

interface Sarif {
  version: string;
  runs: {
    tool: { driver: { rules: Record<string, unknown>[] } };
    invocations: {
      executionSuccessful: boolean;
      toolExecutionNotifications: { message: { text: string } }[];
    }[];
    results: {
      ruleId: string;
      level: string;
      message: { text: string };
      locations: { physicalLocation: { artifactLocation: { uri: string }; region: { startLine: number } } }[];
      partialFingerprints: { primaryLocationLineHash: string };
    }[];
  }[];
}

async function sarifOf(...args: string[]) {
  const { out, status, err } = await inspect('sarif', ...args);
  const sarif: Sarif = JSON.parse(out);
  const run = sarif.runs[0];
  if (run === undefined) throw new Error('There is no run.');
  const lines = run.results.map(({ locations }) => locations[0]?.physicalLocation.region.startLine);
  return { sarif, run, lines, status, err };
}

describe('SARIF', () => {
  it('has a result for each finding, with the file and the line of the statement', async () => {
    const { sarif, run, lines, status } = await sarifOf(join(policies, 'account-details.json'));
    expect(sarif.version).toBe('2.1.0');
    expect(status).toBe(1);
    expect(run.results).toMatchObject([
      {
        ruleId: 's3:DeleteBucket',
        level: 'error',
        message: {
          text: expect.stringMatching(
            /^arn:aws:iam::123456789012:user\/bob \(inline\)\ns3:DeleteBucket: granted by/,
          ),
        },
        locations: [
          {
            physicalLocation: { artifactLocation: { uri: 'fixtures/inspect/policies/account-details.json' } },
          },
        ],
      },
      { message: { text: expect.stringMatching(/policy\/cleaner held by group ops, role app\n/) } },
    ]);
    expect(lines).toEqual([14, 98]);
    expect(run.invocations[0]?.executionSuccessful).toBe(true);
  });

  it('has a rule for each restricted action, with the severity that code scanning sorts by', async () => {
    const { run } = await sarifOf(join(policies, 'serverless.yml'));
    expect(run.tool.driver.rules).toMatchObject([
      {
        id: 's3:DeleteBucket',
        properties: { 'security-severity': '9.5' },
        defaultConfiguration: { level: 'error' },
      },
    ]);
  });

  it('tells findings of one line apart, and knows them again in the next run', async () => {
    const prints = async () => {
      const { run } = await sarifOf(join(policies, 'terraform/every-type.json'));
      return run.results.map(({ partialFingerprints }) => partialFingerprints.primaryLocationLineHash);
    };
    const first = await prints();
    expect(new Set(first).size).toBe(7);
    expect(await prints()).toEqual(first);
  });

  it('says what could not be read, and that the run did not succeed', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'broken.json.gz'), Buffer.from([0x1f, 0x8b, 8]));
    const { run, status } = await sarifOf(folder, join(policies, 'terraform/unjudged/main.tf'));
    expect(status).toBe(2);
    expect(run.invocations[0]?.executionSuccessful).toBe(false);
    expect(run.invocations[0]?.toolExecutionNotifications[0]?.message.text).toContain(
      'broken.json.gz could not be read',
    );
    expect(run.results).toMatchObject([
      { ruleId: 'unreadable', message: { text: expect.stringContaining('terraform show -json') } },
    ]);
  });

  it('finds a record in its log by its line', async () => {
    const { lines } = await sarifOf(join(root, 'fixtures/inspect/changes/log-file.json'));
    expect(lines).toEqual([25]);
  });

  it('keeps the totals apart', async () => {
    const { err } = await sarifOf(join(policies, 'serverless.yml'));
    expect(err).toContain('1 of 1 policy documents would be held.');
  });
});

describe('Markdown', () => {
  const file = relative(root, join(policies, 'account-details.json'));

  it('says what is held, where, and what was not judged', async () => {
    const { out, status } = await inspect('markdown', file);
    expect(status).toBe(1);
    expect(out).toMatch(/^<!-- policy-guard inspect -->\n### Policy Guard: 2 to be held\n/);
    expect(out).toContain(
      '| `arn:aws:iam::123456789012:user/bob (inline)` | `s3:DeleteBucket` on `*` | `fixtures/inspect/policies/account-details.json:14` |',
    );
    expect(out).toContain('- policies that the guard does not watch: 1 (`trust policies`)');
  });

  it('says at the top when not everything could be judged', async () => {
    const { out } = await inspect('markdown', file, join(policies, 'terraform/unjudged/main.tf'));
    expect(out).toContain('### Policy Guard: not everything could be judged\n');
  });

  it('gives no foreign text a meaning', async () => {
    const folder = makeFolder();
    const evil = '`@everyone` | <img src=x> ``` [x](http://x)\n# x';
    const statement = { Effect: 'Allow', Action: 's3:*', Resource: evil };
    writeFileSync(join(folder, 'p.json'), JSON.stringify({ Statement: statement }));
    const { out } = await inspect('markdown', folder);
    const row = out.split('\n').find((line) => line.includes('img')) ?? '';
    expect(row).toContain('on ```` `@everyone` \\| <img src=x> ``` [x](http://x)\\u000a# x ````');
  });

  it('stays short enough for a comment, and says how much is left out', async () => {
    const folder = makeFolder();
    const document = { Statement: { Effect: 'Allow', Action: 's3:*', Resource: 'x'.repeat(150) } };
    writeFileSync(join(folder, 'many.json'), JSON.stringify(Array(1_000).fill(document)));
    const { out } = await inspect('markdown', folder);
    expect(out.length).toBeLessThan(65_536);
    expect(out).toMatch(/^… and \d+ more\.$/m);
  });
});

describe('the format', () => {
  it.each([
    [['--format', 'xml', '.'], '--format: "xml" is none; there are text, json, sarif, markdown.'],
    [['--json', '--format', 'sarif', '.'], '--json and --format sarif are both given; leave out one.'],
  ])('is checked: %j', async (args, message) => {
    const { status, err } = await runInspect(args);
    expect(status).toBe(2);
    expect(err).toContain(message);
  });
});
