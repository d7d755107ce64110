import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeFolder, readEvent, readPolicy, runInspect } from './run-inspect.ts';

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

const granting = readPolicy('grants/star-at-the-end');
const harmless = readPolicy('harmless/another-action');

const inspect = (...args: string[]) => runInspect(['--restricted', 's3:DeleteBucket', '--json', ...args]);

/** source → restricted, for each line of the output. */
async function verdicts(...args: string[]): Promise<Record<string, unknown>> {
  const result = await inspect(...args);
  return Object.fromEntries(
    result.lines().map(({ source, restricted }) => [String(source).replace(`${folder}/`, ''), restricted]),
  );
}

describe('one policy document', () => {
  it('is answered on one line of JSON, and the exit status says that something is restricted', async () => {
    const path = put('policy.json', granting);
    const { status, lines } = await inspect(path);
    expect(status).toBe(1);
    expect(lines()).toEqual([
      {
        source: path,
        restricted: true,
        findings: [
          {
            restricted: 's3:DeleteBucket',
            grantedBy: 's3:Delete*',
            statement: 0,
            resources: ['*'],
            conditional: false,
          },
        ],
      },
    ]);
  });

  it('that is harmless is answered too, with exit status 0', async () => {
    const path = put('policy.json', harmless);
    const { status, lines } = await inspect(path);
    expect(status).toBe(0);
    expect(lines()).toEqual([{ source: path, restricted: false, findings: [] }]);
  });

  it('is read whatever its name when it is named, packed or not', async () => {
    const plain = put('policy.txt', granting);
    const packed = put('packed', gzipSync(granting));
    expect(await verdicts(plain, packed)).toEqual({ 'policy.txt': true, packed: true });
  });

  it('may be URL-encoded, start with a byte order mark, or hold duplicate keys', async () => {
    const paths = ['url-encoded', 'byte-order-mark', 'duplicate-action-first'].map((name) =>
      put(`${name}.json`, readPolicy(`grants/${name}`)),
    );
    const { status, lines } = await inspect(...paths);
    expect(status).toBe(1);
    expect(lines().map(({ findings }) => findings)).toEqual([
      [expect.objectContaining({ grantedBy: 's3:DeleteBucket' })],
      [expect.objectContaining({ grantedBy: 's3:DeleteBucket' })],
      [expect.objectContaining({ grantedBy: 's3:DeleteBucket' })],
    ]);
  });

  it('may come from standard input', async () => {
    const { status, lines } = await runInspect(['--json', '-'], { stdin: granting });
    expect(status).toBe(1);
    expect(lines()).toMatchObject([{ source: '-', restricted: true }]);
  });

  it('is found in what the AWS CLI prints, with its duplicate keys', async () => {
    const twice = readPolicy('grants/duplicate-action-first');
    const path = put('version.json', `{"PolicyVersion": {"Document": ${twice}, "VersionId": "v1"}}`);
    expect(await verdicts(path)).toEqual({ 'version.json': true });
    const encoded = put(
      'role.json',
      JSON.stringify({ RoleName: 'r', PolicyDocument: encodeURIComponent(granting) }),
    );
    expect(await verdicts(encoded)).toEqual({ 'role.json': true });
  });

  it('is one of several in a list or in the details of an account', async () => {
    const list = put('list.json', `[${granting}, ${harmless}]`);
    const policies = [
      { PolicyVersionList: [{ Document: JSON.parse(harmless) }, { Document: JSON.parse(granting) }] },
    ];
    const details = put('details.json', JSON.stringify({ UserDetailList: [], Policies: policies }));
    expect(await verdicts(list, details)).toEqual({
      'list.json#0': true,
      'list.json#1': false,
      'details.json#0': false,
      'details.json#1': true,
    });
  });

  it('that is no policy is restricted and says why', async () => {
    const { status, lines } = await inspect(
      put('policy.json', readPolicy('unreadable/effect-in-lower-case')),
    );
    expect(status).toBe(1);
    expect(lines()).toMatchObject([
      { restricted: true, findings: [], unreadable: expect.stringContaining('Effect') },
    ]);
  });
});

describe('events', () => {
  const created = readEvent('create-policy');

  it('are told with what happened, when, by whom and on what', async () => {
    const { lines } = await runInspect(['--json', put('event.json', JSON.stringify(created))]);
    expect(lines()).toMatchObject([
      {
        restricted: true,
        eventName: 'CreatePolicy',
        eventTime: '2026-03-02T09:15:00.000Z',
        eventID: created.detail.eventID,
        accountId: '123456789012',
        requester: 'alice (IAM user)',
        target: { type: 'managed-policy', policyArn: 'arn:aws:iam::123456789012:policy/report-cleaner' },
      },
    ]);
  });

  it('are found as EventBridge events, CloudTrail records, log files and lines', async () => {
    let id = 0;
    const record = () => JSON.stringify({ ...created.detail, eventID: `e${++id}` });
    const event = () => `{"detail-type":"AWS API Call via CloudTrail","detail":${record()}}`;
    put('event.json', event());
    put('record.json', record());
    put('log.json.gz', gzipSync(`{"Records":[${record()},${record()}]}`));
    put('lines.ndjson', `${record()}\n\n${event()}\n`);
    put('lookup.json', JSON.stringify({ Events: [{ EventId: 'x', CloudTrailEvent: record() }] }));
    const { lines } = await runInspect(['--json', '--restricted', 's3:DeleteObject', folder]);
    expect(lines().map(({ source }) => String(source).replace(`${folder}/`, ''))).toEqual([
      'event.json',
      'lines.ndjson#0',
      'lines.ndjson#1',
      'log.json.gz#0',
      'log.json.gz#1',
      'lookup.json#0',
      'record.json',
    ]);
    expect(lines().every(({ restricted }) => restricted)).toBe(true);
  });

  it('that are no watched change, failed, or leave their document to IAM are counted, not printed', async () => {
    const names = [
      'unwatched-create-user',
      'failed-create-policy',
      'attach-role-policy',
      'set-default-policy-version',
    ];
    const records = names.map((name) => readEvent(name).detail);
    const { status, out, err } = await inspect(put('log.json', JSON.stringify({ Records: records })));
    expect(status).toBe(0);
    expect(out).toBe('');
    expect(err).toContain('records that are no watched change: 1');
    expect(err).toContain('calls that failed: 1');
    expect(err).toContain(
      'attachments and switched versions, whose document the guard would read from IAM: 2',
    );
  });

  it('that create a version without making it default are let be, and say so', async () => {
    const path = put('event.json', JSON.stringify(readEvent('create-policy-version-not-default')));
    const { status, lines } = await runInspect(['--json', '--restricted', '*', path]);
    expect(status).toBe(0);
    expect(lines()).toMatchObject([{ restricted: false, findings: [], inForce: false }]);
  });

  it.each(['omitted-create-policy', 'truncated-put-role-policy'])(
    'whose document is missing or cut off are restricted: %s',
    async (name) => {
      const { status, lines } = await inspect(put('event.json', JSON.stringify(readEvent(name))));
      expect(status).toBe(1);
      expect(lines()).toMatchObject([
        {
          restricted: true,
          findings: [],
          unreadable: expect.stringContaining('the guard would read it from IAM'),
        },
      ]);
    },
  );

  it('that do not say what they changed are restricted, and tell what they do say', async () => {
    const path = put('event.json', JSON.stringify(readEvent('omitted-put-role-policy')));
    const { status, lines } = await inspect(path);
    expect(status).toBe(1);
    expect(lines()).toMatchObject([
      {
        restricted: true,
        unreadable: expect.stringContaining('what it changed is not known'),
        eventName: 'PutRolePolicy',
        requester: 'alice (IAM user)',
      },
    ]);
  });

  it('that are hardly records any more are restricted all the same, with what their document grants', async () => {
    const { eventID: _, ...rest } = created.detail;
    const path = put('event.json', JSON.stringify(rest));
    const { status, lines } = await runInspect(['--json', path]);
    expect(status).toBe(1);
    expect(lines()).toMatchObject([
      {
        restricted: true,
        findings: [{ restricted: 's3:DeleteObject' }],
        unreadable: expect.stringContaining('eventID'),
        eventName: 'CreatePolicy',
      },
    ]);
  });
});

describe('a folder', () => {
  it('is read to its depths, in the order of names, but only files that can be meant', async () => {
    put('b/c/granting.json', granting);
    put('a.json', harmless);
    put('notes.md', granting);
    put('.git/x.json', granting);
    put('node_modules/x.json', granting);
    const { lines, err } = await inspect(folder);
    expect(lines().map(({ source }) => source)).toEqual([
      join(folder, 'a.json'),
      join(folder, 'b/c/granting.json'),
    ]);
    expect(err).toContain('files of another type: 1');
  });

  it('may hold links: to files they are followed, to folders not, and dead ones are told', async () => {
    put('a/policy.json', granting);
    symlinkSync(folder, join(folder, 'a/loop.json'));
    symlinkSync(join(folder, 'a/policy.json'), join(folder, 'link.json'));
    symlinkSync(join(folder, 'absent'), join(folder, 'dead.json'));
    const { status, lines, err } = await inspect(folder);
    expect(status).toBe(2);
    expect(lines().map(({ source }) => source)).toEqual([
      join(folder, 'a/policy.json'),
      join(folder, 'link.json'),
    ]);
    expect(err).toContain('dead.json could not be read: ENOENT');
  });

  it('may hold JSON of other kinds, which is counted', async () => {
    put('package.json', '{"name":"x"}');
    put('digest.json', '{"digestStartTime":"2026-01-01T00:00:00Z","logFiles":[]}');
    const { status, out, err } = await inspect(folder);
    expect(status).toBe(0);
    expect(out).toBe('');
    expect(err).toContain('JSON files without a policy or record: 2');
  });
});

describe('input that can not be read', () => {
  it('gives exit status 2, and the rest is answered', async () => {
    put('broken.json.gz', gzipSync('{"Records":[]}').subarray(0, 20));
    put('granting.json', granting);
    const { status, lines, err } = await inspect(folder, join(folder, 'absent.json'));
    expect(status).toBe(2);
    expect(lines()).toMatchObject([{ source: join(folder, 'granting.json'), restricted: true }]);
    expect(err).toContain('broken.json.gz could not be read: unexpected end of file');
    expect(err).toContain('absent.json could not be read: ENOENT');
    expect(err).toContain('Inputs that could not be read: 2');
  });

  it('is also text that is not JSON, which is answered as unreadable', async () => {
    const { status, lines } = await inspect(put('policy.json', 'Effect: Allow'));
    expect(status).toBe(2);
    expect(lines()).toMatchObject([
      { restricted: true, unreadable: expect.stringContaining('it is not JSON') },
    ]);
  });

  it('is also a line that is not JSON among lines that are', async () => {
    const lines = `${JSON.stringify(readEvent('put-role-policy'))}\n{"cut off`;
    const { status, lines: answers } = await inspect(put('lines.jsonl', lines));
    expect(status).toBe(2);
    expect(answers().map(({ restricted }) => restricted)).toEqual([false, true]);
  });

  it('is also a file that is named and holds no policy or record', async () => {
    const { status, lines } = await inspect(put('package.json', '{"name":"x"}'));
    expect(status).toBe(2);
    expect(lines()).toMatchObject([
      { restricted: true, unreadable: expect.stringContaining('no Statement') },
    ]);
  });
});

describe('the text for people', () => {
  it('says what would be held and why, and sums up by restricted action and requester', async () => {
    const records = ['create-policy', 'put-role-policy', 'create-policy-version-not-default'].map(
      (name) => readEvent(name).detail,
    );
    put('log.json', JSON.stringify({ Records: records }));
    const { out, err } = await runInspect(['--restricted', '@data-destruction', folder]);
    expect(out).toContain(
      `HELD    ${folder}/log.json#0  CreatePolicy on arn:aws:iam::123456789012:policy/report-cleaner by`,
    );
    expect(out).toContain(
      's3:DeleteObject: granted by s3:DeleteObject in statement 0 (EmptyBuckets) on arn:aws:s3:::reports/*\n' +
        '          @data-destruction: Deletes objects; without versioning they are gone.',
    );
    expect(out).toContain('2 of 3 IAM changes would have been held.');
    expect(out).toMatch(/By restricted action:\n {2}2 {2}s3:DeleteObject\n/);
    expect(out).toMatch(/By requester:\n {2}2 {2}alice \(IAM user\)\n/);
    expect(err).toBe('');
  });

  it('tells of a condition, and that it does not excuse', async () => {
    const { out } = await runInspect([put('policy.json', readPolicy('grants/condition'))]);
    expect(out).toContain('only if {"StringEquals":{"aws:PrincipalOrgID":"o-1"}}, which does not excuse it');
  });

  it.each([[[]], [['--json']]])('shows no control character of what it reads, with %j', async (flags) => {
    const statement = { Sid: '\u001b[2J\u202e', Effect: 'Allow', Action: 's3:*', Resource: '\u009b31m' };
    const path = put('evil\u001b]0;x\u0007.json', JSON.stringify({ Statement: statement }));
    const { out } = await runInspect([...flags, path]);
    expect(out).toContain('evil\\u001b]0;x\\u0007.json');
    expect(out.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
  });

  it('puts neither control characters nor links of others into what code scanning shows', async () => {
    const Sid = '\u001b[2J\u200b[here](https://evil.example)';
    const statement = { Sid, Effect: 'Allow', Action: 's3:*', Resource: '*' };
    const path = put('policy.json', JSON.stringify({ Statement: statement }));
    const { out } = await runInspect(['--format', 'sarif', path]);
    const text: string = JSON.parse(out).runs[0].results[0].message.text;
    expect(text).toContain('\\u001b[2J\\u200b[here\\](https://evil.example)');
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{C}/u);
  });

  it('stays equal when read back as JSON', async () => {
    const path = put(
      'policy.json',
      JSON.stringify({ Statement: { Sid: 'a\u202eb\ud83d\ude00', Effect: 'Allow', Action: '*' } }),
    );
    const { lines } = await inspect(path);
    expect(lines()).toMatchObject([{ findings: [{ sid: 'a\u202eb\ud83d\ude00' }] }]);
  });
});

describe('the list', () => {
  it('is the configured one unless given: from the environment, from .env, or the default', async () => {
    const path = put('policy.json', readPolicy('grants/star-alone'));
    const restrictedIn = async (options: Parameters<typeof runInspect>[1]) => {
      const { lines } = await runInspect(['--json', path], options);
      return lines().flatMap(({ findings }) =>
        (findings as { restricted: string }[]).map((f) => f.restricted),
      );
    };
    expect(await restrictedIn({})).toEqual(['s3:DeleteBucket', 's3:DeleteObject']);
    put('.env', 'RESTRICTED_ACTIONS=iam:PassRole\n');
    expect(await restrictedIn({ cwd: folder })).toEqual(['iam:PassRole']);
    const env = { RESTRICTED_ACTIONS: 'kms:*' };
    expect(await restrictedIn({ cwd: folder, env })).toEqual(['kms:*']);
  });

  it.each([
    [['--restricted', 'nonsense,@nowhere', '.'], /--restricted: "nonsense".*\n--restricted: "@nowhere"/],
    [['--restricted', '', '.'], /--restricted: it names no action/],
    [['--nonsense', '.'], /Unknown option '--nonsense'/],
    [[], /Name at least one file or folder/],
  ])('and the rest of the command line are checked: %j', async (args, message) => {
    const { status, out, err } = await runInspect(args);
    expect(status).toBe(2);
    expect(out).toBe('');
    expect(err).toMatch(message);
  });

  it('that is configured badly stops the command', async () => {
    const { status, err } = await runInspect(['.'], { env: { RESTRICTED_ACTIONS: '@nowhere' } });
    expect(status).toBe(2);
    expect(err).toContain('RESTRICTED_ACTIONS: "@nowhere" is not a named set');
  });
});

describe('what it can say of itself', () => {
  it('shows the named sets with reasons and sources', async () => {
    const { status, out } = await runInspect(['--sets']);
    expect(status).toBe(0);
    expect(out).toMatch(/^@data-destruction: /m);
    expect(out).toMatch(/^ {2}s3:DeleteBucket +Removes a bucket; .+ \[attack-t1485\]$/m);
    expect(out).toMatch(/^ {2}\[attack-t1485\] MITRE ATT&CK T1485.*https:/m);
  });

  it('explains its usage', async () => {
    const { status, out } = await runInspect(['--help']);
    expect(status).toBe(0);
    expect(out).toContain('Usage: npm run -s inspect -- [--restricted LIST] [--json] PATH…');
  });
});

describe('a list of restricted actions', () => {
  it('is warned of where an entry names no action, on the standard error', async () => {
    const path = put('policy.json', harmless);
    const { err, out } = await runInspect(['--restricted', 's3:DeleteBuckets', '--json', path]);
    expect(err).toMatch(/^Warning: s3:DeleteBuckets names no action .*; did you mean s3:DeleteBucket\?$/m);
    expect(out).not.toContain('Warning');
  });

  it('may count on some resources alone, and then the answer says which', async () => {
    const statement = {
      Effect: 'Allow',
      Action: 's3:*',
      Resource: ['arn:aws:s3:::a', 'arn:aws:s3:::prod-b'],
    };
    const path = put('policy.json', JSON.stringify({ Statement: statement }));
    const on = (resource: string) =>
      runInspect(['--restricted', `s3:DeleteBucket resource=${resource}`, path]);
    const held = await on('arn:aws:s3:::prod-*');
    expect(held.status).toBe(1);
    expect(held.out).toContain('counts here: resource arn:aws:s3:::prod-b meets arn:aws:s3:::prod-*');
    expect((await on('arn:aws:s3:::logs')).status).toBe(0);
  });
});
