import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { build } from '../../../../infra/aws/bundle/build/build.ts';
import { trimming } from '../../../../infra/aws/bundle/build/trim/trimming.ts';
import { STAND_INS } from '../../../../infra/aws/bundle/build/trim/trims.ts';
import { awsAt, startServer } from '../../../support/local-server.ts';

const require = createRequire(import.meta.url);

/** A file of each of these, as esbuild tells what it has read. */
const inputs = (...files: string[]) =>
  Object.fromEntries(files.map((file) => [`node_modules/${file}`, { bytes: 1, imports: [] }]));

describe('what is left out of a bundle', () => {
  it.each(Object.keys(STAND_INS))(
    'is looked for, so that an upgrade of %s that has moved it is noticed',
    (name) => {
      const { check } = trimming();
      const [first] = Object.keys(STAND_INS[name] ?? {});
      expect(() => check({ inputs: inputs(`${name}/package.json`), outputs: {} })).toThrow(first);
    },
  );

  it('are the classes of errors, however they get in', () => {
    const file = 'node_modules/@aws-sdk/client-iam/dist-es/models/errors.js';
    const output = { bytes: 9, imports: [], exports: [], inputs: { [file]: { bytesInOutput: 9 } } };
    const check = () => trimming().check({ inputs: {}, outputs: { 'index.js': output } });
    expect(check).toThrow(`by their names (isNamed), not by the classes in ${file}`);
  });

  it('says so when it is used all the same', () => {
    const leftOut = require('../../../../infra/aws/bundle/build/trim/stand-ins/left-out.cjs');
    expect(() => leftOut()).toThrow('left out of the Lambda bundle');
    expect(() => new leftOut.Router()).toThrow('left out of the Lambda bundle');
  });
});

describe('an error of AWS in a bundle', () => {
  const folder = mkdtempSync(join(tmpdir(), 'policy-guard-errors-'));
  let ask: (event: object) => Promise<unknown>;

  beforeAll(async () => {
    const { outputFiles } = await build('errors', 'test/support/errors-function.ts');
    const file = join(folder, 'index.cjs');
    writeFileSync(file, outputFiles.find(({ path }) => path.endsWith('.js'))?.text ?? '');
    ask = require(file).handler;
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const inXml = (code: string) =>
    `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>Why.</Message></Error></ErrorResponse>`;
  const inJson = (code: string) =>
    JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${code}`, message: 'Why.' });

  test.each([
    ['iam', 404, inXml('NoSuchEntity'), 'NoSuchEntity'],
    ['iam', 403, inXml('AccessDenied'), 'AccessDenied'],
    ['iam', 409, inXml('LimitExceeded'), 'LimitExceeded'],
    ['sns', 429, inXml('Throttled'), 'Throttled'],
    ['dynamodb', 400, inJson('ConditionalCheckFailedException'), 'ConditionalCheckFailedException'],
    ['dynamodb', 400, inJson('ThrottlingException'), 'ThrottlingException'],
    ['dynamodb', 500, inJson('InternalServerError'), 'InternalServerError'],
  ])('of %s, %i, has its code for a name, and its message: %s', async (service, status, body, name) => {
    const aws = await startServer((_request, response) => void response.writeHead(status).end(body));
    const fault = status < 500 ? 'client' : 'server';
    expect(await ask({ service, aws: awsAt(aws.url) })).toEqual({ name, message: 'Why.', fault, status });
    await aws.close();
  });
});
