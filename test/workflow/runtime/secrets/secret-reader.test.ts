import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { AwsClientConfig } from '../../../../workflow/runtime/aws-client.ts';
import { createLinkSecretReader } from '../../../../workflow/runtime/secrets/link-secret.ts';
import {
  createSlackSecretReader,
  requireSlackCredential,
} from '../../../../workflow/runtime/secrets/slack-secret.ts';
import { GENEROUS_MS } from '../../../support/generous.ts';
import { awsAt, startServer } from '../../../support/local-server.ts';

const ARN = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:policy-guard';

/** Secrets Manager with one secret, counting how often it is read. */
let stored: string | undefined;
let reads: number;
let aws: AwsClientConfig;

beforeEach(async () => {
  reads = 0;
  const { url, close } = await startServer((_, response) => {
    reads++;
    const found = stored !== undefined;
    const answer = found
      ? { ARN, Name: 'policy-guard', SecretString: stored }
      : { __type: 'ResourceNotFoundException', message: 'not there' };
    response.writeHead(found ? 200 : 400, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(answer));
  });
  aws = awsAt(url);
  vi.useFakeTimers({ toFake: ['Date'] });
  return close;
});
afterEach(() => void vi.useRealTimers());

const later = (seconds: number) => vi.setSystemTime(Date.now() + seconds * 1000);

describe('reading a secret', () => {
  it('asks Secrets Manager once in five minutes', async () => {
    stored = '{"signingSecret":"one"}';
    const reader = createSlackSecretReader(ARN, aws, GENEROUS_MS);
    expect(await reader.read()).toEqual({ signingSecret: 'one' });
    stored = '{"signingSecret":"two"}';
    later(299);
    expect(await reader.read()).toEqual({ signingSecret: 'one' });
    expect(reads).toBe(1);
    later(2);
    expect(await reader.read()).toEqual({ signingSecret: 'two' });
  });

  it('reads a rotated value at once when asked to refresh, but only once a minute', async () => {
    stored = '{"signingSecret":"one"}';
    const reader = createSlackSecretReader(ARN, aws, GENEROUS_MS);
    await reader.read();
    stored = '{"signingSecret":"two"}';
    expect(await reader.refresh()).toEqual({ signingSecret: 'two' });
    expect(await reader.read()).toEqual({ signingSecret: 'two' });
    stored = '{"signingSecret":"three"}';
    later(59);
    for (let i = 0; i < 20; i++) expect(await reader.refresh()).toEqual({ signingSecret: 'two' });
    expect(reads).toBe(2);
    later(1);
    expect(await reader.refresh()).toEqual({ signingSecret: 'three' });
  });

  it('is a clear error when there is none', async () => {
    stored = undefined;
    await expect(createLinkSecretReader(ARN, aws, GENEROUS_MS).read()).rejects.toMatchObject({
      name: 'SecretUnusableError',
      message: `The secret ${ARN} could not be read; check that it exists and that the function may read it.`,
      cause: expect.any(Error),
    });
  });

  it.each([
    ['is not JSON', 'hunter2-the-plain-password'],
    ['has too short a key', '{"linkSigningKey":"hunter2"}'],
    ['has no key', '{}'],
  ])('is a clear error that tells no value when it %s', async (_, text) => {
    stored = text;
    await expect(createLinkSecretReader(ARN, aws, GENEROUS_MS).read()).rejects.toSatisfy((error: Error) => {
      const told = `${error.message} ${String(error.cause)}`;
      return error.name === 'SecretUnusableError' && told.includes(ARN) && !told.includes('hunter2');
    });
  });

  it('gives the link signing key', async () => {
    stored = JSON.stringify({ linkSigningKey: 'k'.repeat(32) });
    expect(await createLinkSecretReader(ARN, aws, GENEROUS_MS).read()).toEqual({
      linkSigningKey: 'k'.repeat(32),
    });
  });
});

describe('the credentials of the Slack app', () => {
  it('count as missing while they are empty, and the error says how to fill them in', async () => {
    stored = '{"signingSecret":"","botToken":" "}';
    const secret = await createSlackSecretReader(ARN, aws, GENEROUS_MS).read();
    expect(() => requireSlackCredential(secret, 'signingSecret')).toThrow('run npm run slack:credentials');
    expect(() => requireSlackCredential(secret, 'botToken')).toThrow('add the app to the workspace');
  });

  it('are given when they are there', () => {
    expect(requireSlackCredential({ clientId: '1.2' }, 'clientId')).toBe('1.2');
  });
});
