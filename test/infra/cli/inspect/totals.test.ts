import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makeFolder, readEvent, runInspect } from './run-inspect.ts';

const fixtures = join(import.meta.dirname, '../../../../fixtures/inspect');
const inspect = (...args: string[]) => runInspect(['--restricted', 's3:DeleteBucket', ...args]);
const changes = (name: string) => join(fixtures, 'changes', name);
const policies = (name: string) => join(fixtures, 'policies', name);

describe('the totals', () => {
  it('keep one name in two accounts apart, and name both', async () => {
    const { out } = await inspect(changes('firehose-2026-03-02-09-15-00-0b3f'));
    expect(out).toContain('2 of 2 IAM changes would have been held.');
    expect(out).toMatch(
      /By policy:\n {2}1 {2}role report-builder \(cleanup\) in 123456789012\n {2}1 {2}role report-builder \(cleanup\) in 210987654321\n/,
    );
    expect(out).toMatch(
      /By requester:\n {2}1 {2}alice \(IAM user\) in 123456789012\n {2}1 {2}alice \(IAM user\) in 210987654321\n/,
    );
    expect(out).toMatch(/By account:\n {2}1 {2}123456789012\n {2}1 {2}210987654321\n/);
  });

  it('name every policy and person, however many there are', async () => {
    const folder = makeFolder();
    const record = readEvent('put-role-policy').detail;
    const policyDocument = '{"Statement":{"Effect":"Allow","Action":"s3:*"}}';
    const records = Array.from({ length: 50 }, (_, at) => ({
      ...record,
      eventID: `e${at}`,
      userIdentity: { type: 'IAMUser', userName: `user-${at}` },
      requestParameters: { roleName: `role-${at}`, policyName: 'p', policyDocument },
    }));
    writeFileSync(join(folder, 'log.json'), JSON.stringify({ Records: records }));
    const { out } = await inspect(folder);
    expect(out).toContain('50 of 50 IAM changes would have been held.');
    const totals = out.slice(out.indexOf('By policy:'));
    for (let at = 0; at < 50; at++) {
      expect(totals).toContain(`  1  role role-${at} (p)\n`);
      expect(totals).toContain(`  1  user-${at} (IAM user)\n`);
    }
  });

  it('name managed policies with who holds them, and inline policies with whose they are', async () => {
    const { out } = await inspect(policies('account-details.json'));
    expect(out).toContain('arn:aws:iam::123456789012:policy/cleaner held by group ops, role app\n');
    expect(out).toMatch(
      /By policy:\n {2}1 {2}arn:aws:iam::123456789012:policy\/cleaner in .*\n {2}1 {2}arn:aws:iam::123456789012:user\/bob \(inline\) in /,
    );
  });

  it('say how much was read, and how much was not', async () => {
    const folder = makeFolder();
    writeFileSync(join(folder, 'notes.md'), 'x');
    writeFileSync(join(folder, 'broken.json.gz'), Buffer.from([0x1f, 0x8b, 8]));
    const { out } = await inspect(
      changes('log-file.json'),
      policies('cli/get-role-policy.json'),
      policies('terraform/unjudged/main.tf'),
      folder,
    );
    expect(out).toContain(
      'Read: 3 files, 3 CloudTrail records, 1 policy document. Not read: 1 file, 1 part of files, 1 file of another type.',
    );
  });

  it('count a change once that is met again in another wrapping', async () => {
    const folder = makeFolder();
    const event = readEvent('put-role-policy');
    writeFileSync(join(folder, 'event.json'), JSON.stringify(event));
    writeFileSync(join(folder, 'log.json'), JSON.stringify({ Records: [event.detail] }));
    writeFileSync(
      join(folder, 'message.json'),
      JSON.stringify({ Messages: [{ Body: JSON.stringify(event) }] }),
    );
    const { out } = await runInspect(['--restricted', '*', folder]);
    expect(out).toContain('1 of 1 IAM changes would have been held.');
    expect(out).toContain('changes met again, under the same eventID: 2');
  });

  it('take nothing for met again that says something else under the same eventID', async () => {
    const folder = makeFolder();
    const { detail } = readEvent('put-role-policy');
    const granting = {
      ...(detail.requestParameters as object),
      policyDocument: '{"Statement":{"Effect":"Allow","Action":"s3:*"}}',
    };
    writeFileSync(
      join(folder, 'log.json'),
      JSON.stringify({ Records: [detail, { ...detail, requestParameters: granting }] }),
    );
    const { out } = await inspect(folder);
    expect(out).toContain('1 of 2 IAM changes would have been held.');
  });

  it('never say that all is well when nothing was judged', async () => {
    const { out } = await inspect(
      policies('bucket-policy.json'),
      policies('cli/list-attached-role-policies.json'),
    );
    expect(out).toContain('Nothing was judged');
    expect(out).not.toContain('0 of 0');
    expect(out).toContain('arn:aws:iam::aws:policy/AdministratorAccess');
  });

  it('say what another list would change', async () => {
    const args = [
      '--compare',
      's3:ListAllMyBuckets,iam:PassRole',
      '--compare',
      's3:GetObject',
      policies('account-details.json'),
    ];
    const { out, status } = await inspect(...args);
    expect(status).toBe(1);
    expect(out).toContain('2 restricted; 2 with s3:ListAllMyBuckets,iam:PassRole; 2 with s3:GetObject.\n');
  });

  it('take attributes alone for the same list with these', async () => {
    const { out } = await inspect('--compare', 'mode=observe', policies('account-details.json'));
    expect(out).toContain('2 restricted; 2 with mode=observe.\n');
  });

  it('refuse another list that can not be read', async () => {
    const { status, err } = await inspect('--compare', 'nonsense', '.');
    expect(status).toBe(2);
    expect(err).toContain('--compare: "nonsense" is not an action');
  });
});

describe('a baseline', () => {
  const plan = policies('terraform/every-type.json');

  async function baselineOf(...paths: string[]): Promise<string> {
    const { out } = await inspect('--json', ...paths);
    const file = join(makeFolder(), 'baseline.jsonl');
    writeFileSync(file, out);
    return file;
  }

  it('leaves out what it knows, and says how many that are', async () => {
    const { status, out } = await inspect('--baseline', await baselineOf(plan), plan);
    expect(status).toBe(0);
    expect(out).not.toContain('HELD');
    expect(out).toContain('7 more are restricted as in the baseline.');
  });

  it('shows what is new, and fails for it', async () => {
    const known = await baselineOf(plan);
    const { status, lines } = await inspect(
      '--json',
      '--baseline',
      known,
      plan,
      policies('cli/get-role-policy.json'),
    );
    expect(status).toBe(1);
    expect(lines().filter(({ restricted }) => restricted)).toMatchObject([
      { policy: 'cleanup', owners: ['role app'] },
    ]);
  });

  it('shows a known policy again for what it grants now beside', async () => {
    const known = await baselineOf(plan);
    const { lines } = await runInspect([
      '--json',
      '--restricted',
      's3:DeleteBucket,s3:ListAllMyBuckets',
      '--baseline',
      known,
      plan,
    ]);
    const found = lines().flatMap(({ findings }) =>
      (findings as { restricted: string }[]).map((each) => each.restricted),
    );
    expect(new Set(found)).toEqual(new Set(['s3:ListAllMyBuckets']));
  });

  it('knows a finding as often as it was found', async () => {
    const folder = makeFolder();
    const file = join(folder, 'list.json');
    const document = { Statement: { Effect: 'Allow', Action: 's3:*' } };
    writeFileSync(file, JSON.stringify([document]));
    const known = await baselineOf(file);
    writeFileSync(file, JSON.stringify([document, document]));
    const { status, lines } = await inspect('--json', '--baseline', known, file);
    expect(status).toBe(1);
    expect(lines()).toHaveLength(1);
  });

  it('excuses nothing that can not be judged', async () => {
    const file = policies('terraform/unjudged/main.tf');
    const { status } = await inspect('--baseline', await baselineOf(file), file);
    expect(status).toBe(2);
  });

  it.each([
    ['{"x":1}', 'it is not what --format json prints'],
    ['no JSON', 'it is not what --format json prints'],
  ])('of another kind is refused: %s', async (text, message) => {
    const file = join(makeFolder(), 'baseline');
    writeFileSync(file, text);
    const { status, err } = await inspect('--baseline', file, plan);
    expect(status).toBe(2);
    expect(err).toContain(message);
  });

  it('that is not there is refused', async () => {
    const { status, err } = await inspect('--baseline', '/nowhere/x', plan);
    expect(status).toBe(2);
    expect(err).toContain("--baseline: /nowhere/x can't be used: ENOENT");
  });
});
