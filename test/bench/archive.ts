import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gunzipSync, gzipSync } from 'node:zlib';
import { run } from '../../infra/cli/inspect/run.ts';
import type { Row } from './row.ts';

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

const RECORDS_PER_FILE = 800;
const ROUNDS = 5;
/** Every fiftieth record is a change, as in a busy account. */
const CHANGE_EVERY = 50;

/** An archive of CloudTrail's: `gzip -dc` and `JSON.parse` of it, then `inspect`, by the clock, because both cores count. */
export async function archiveRows(isShort: boolean): Promise<Row[]> {
  const folder = mkdtempSync(join(tmpdir(), 'policy-guard-archive-'));
  try {
    const [small, large] = isShort ? [5, 10] : [25, 100];
    const files = Array.from({ length: large }, (_, index) => join(folder, `${index}.json.gz`));
    files.forEach((file, index) => void writeFileSync(file, gzipSync(logFile(index))));
    await inspect(files);
    const [plain, inspected, fewer, all] = [least(), least(), least(), least()];
    for (let round = 0; round < ROUNDS; round++) {
      plain.seen(await time(() => parse(files)));
      inspected.seen(await time(() => inspect([folder])));
      fewer.seen(await peak(files.slice(0, small)));
      all.seen(await peak(files));
    }
    const group = 'an archive of CloudTrail, `inspect`';
    return [
      {
        group,
        what: 'against unzipping and `JSON.parse`',
        value: inspected.value / plain.value,
        unit: '×',
        most: 6,
      },
      {
        group,
        what: `memory for ${large} files against ${small}`,
        value: all.value / fewer.value,
        unit: '×',
        most: 2,
      },
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Of several times that one: whatever else a machine does only adds to it. */
function least() {
  const kept = {
    value: Number.POSITIVE_INFINITY,
    seen: (value: number) => {
      kept.value = Math.min(kept.value, value);
    },
  };
  return kept;
}

function parse(files: readonly string[]): void {
  for (const file of files) JSON.parse(gunzipSync(readFileSync(file)).toString());
}

async function inspect(paths: readonly string[], seen = () => {}): Promise<void> {
  const sink = () =>
    new Writable({
      write(_chunk, _encoding, done) {
        seen();
        done();
      },
    });
  await run(paths, {
    env: {},
    stdin: Readable.from([]),
    stdout: sink(),
    stderr: sink(),
    cwd: () => tmpdir(),
  });
}

async function time(work: () => unknown): Promise<number> {
  const from = performance.now();
  await work();
  return performance.now() - from;
}

/** The most memory that was held while something was told. Bytes. */
async function peak(files: readonly string[]): Promise<number> {
  let most = 0;
  collect();
  await inspect(files, () => {
    const { heapUsed, external } = process.memoryUsage();
    most = Math.max(most, heapUsed + external);
  });
  return most;
}

/** Records that differ, as an account's do: the same one again and again would unpack too fast. */
function logFile(number: number): string {
  const records = Array.from({ length: RECORDS_PER_FILE }, (_, index) => {
    const id = number * RECORDS_PER_FILE + index;
    return index % CHANGE_EVERY === 0 ? change(id) : otherCall(id);
  });
  return JSON.stringify({ Records: records });
}

const CALLS = [
  ...['s3.amazonaws.com GetObject', 'ec2.amazonaws.com DescribeInstances', 'kms.amazonaws.com Decrypt'],
  ...['sts.amazonaws.com AssumeRole', 'logs.amazonaws.com CreateLogStream', 'iam.amazonaws.com GetRole'],
];

function otherCall(id: number): object {
  const [eventSource, eventName] = (CALLS[id % CALLS.length] as string).split(' ');
  const requestParameters = {
    bucketName: `bucket-${hash(id)}`,
    key: `data/${hash(id + 1)}/${hash(id + 2)}.parquet`,
    instancesSet: { items: [{ instanceId: `i-${hash(id + 3)}` }, { instanceId: `i-${hash(id + 4)}` }] },
    encryptionContext: { 'aws:s3:arn': `arn:aws:s3:::bucket-${hash(id)}/${hash(id + 1)}` },
  };
  return { ...common(id), eventSource, eventName, readOnly: true, requestParameters, responseElements: null };
}

function change(id: number): object {
  const policyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      { Effect: 'Allow', Action: ['s3:GetObject', 's3:ListBucket'], Resource: `arn:aws:s3:::${hash(id)}/*` },
    ],
  });
  const requestParameters = { userName: `user-${id}`, policyName: `policy-${id}`, policyDocument };
  return {
    ...common(id),
    ...{ eventSource: 'iam.amazonaws.com', eventName: 'PutUserPolicy', readOnly: false },
    ...{ requestParameters, responseElements: null },
  };
}

function common(id: number): object {
  return {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: `AROA${hash(id)}:session-${id}`,
      arn: `arn:aws:sts::123456789012:assumed-role/service-${id % 40}/session-${hash(id + 5)}`,
      accountId: '123456789012',
      accessKeyId: `ASIA${hash(id + 6)}`,
      sessionContext: {
        sessionIssuer: { type: 'Role', arn: `arn:aws:iam::123456789012:role/service-${id % 40}` },
        attributes: { creationDate: '2026-01-01T00:00:00Z', mfaAuthenticated: 'false' },
      },
    },
    eventTime: '2026-01-01T00:00:00Z',
    awsRegion: 'eu-central-1',
    sourceIPAddress: `10.${id % 256}.${(id >> 8) % 256}.7`,
    userAgent: `aws-sdk-java/2.20.${id % 90} Linux/5.10 OpenJDK_64-Bit_Server_VM/17 ${hash(id + 7)}`,
    requestID: hash(id + 8),
    eventID: `${hash(id + 9)}-${id}`,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: '123456789012',
    eventCategory: 'Management',
    tlsDetails: { tlsVersion: 'TLSv1.3', cipherSuite: 'TLS_AES_128_GCM_SHA256' },
  };
}

/** Knuth's multiplicative hash: the same on every run, and hard to pack. */
function hash(value: number): string {
  const once = (seed: number) => (Math.imul(value + seed, 2_654_435_761) >>> 0).toString(16).padStart(8, '0');
  return once(1) + once(7_919);
}
