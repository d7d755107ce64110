import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import { createEmailSender } from '../../../../bot/media/email/sns-email-sender.ts';

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:notices';
const EMAIL = { subject: 'Policy Guard: a subject', text: 'Approve: https://secret.example/link' };

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

/** SNS that answers as told. */
async function sender(answer: RequestListener) {
  const local = createServer(answer).listen(0, '127.0.0.1');
  server = local;
  await new Promise((resolve) => local.once('listening', resolve));
  const endpoint = `http://127.0.0.1:${(local.address() as AddressInfo).port}`;
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  return createEmailSender(
    TOPIC,
    { endpoint, region: 'us-east-1', credentials },
    { callMs: 500, tryMs: 100 },
  );
}

describe('sending an e-mail', () => {
  it('publishes subject and text to the topic', async () => {
    let body = '';
    const email = await sender(async (request, response) => {
      body = await text(request);
      response.end(
        '<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>',
      );
    });
    await email.send(EMAIL);
    expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
      Action: 'Publish',
      TopicArn: TOPIC,
      Subject: EMAIL.subject,
      Message: EMAIL.text,
    });
  });

  it('names the topic and the reason when SNS refuses, and never the signed link', async () => {
    const email = await sender((_, response) => {
      const code = '<Code>AuthorizationError</Code><Message>not allowed</Message>';
      response.writeHead(403).end(`<ErrorResponse><Error>${code}</Error></ErrorResponse>`);
    });
    const error: Error = await email.send(EMAIL).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'EmailNotSentError', message: expect.stringContaining(TOPIC) });
    expect(error.message).toContain('AuthorizationError');
    expect(error.message).not.toContain('secret.example');
  });

  it('does not wait for an SNS that never answers', async () => {
    const email = await sender(() => undefined);
    await expect(email.send(EMAIL)).rejects.toMatchObject({ name: 'EmailNotSentError' });
  });
});
