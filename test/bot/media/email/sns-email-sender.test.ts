import type { RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createEmailSender } from '../../../../bot/media/email/sns-email-sender.ts';
import { GENEROUS } from '../../../support/generous.ts';
import { awsAt, startServer } from '../../../support/local-server.ts';

const TOPIC = 'arn:aws:sns:us-east-1:123456789012:notices';
const EMAIL = { subject: 'Policy Guard: a subject', text: 'Approve: https://secret.example/link' };

/** SNS that answers as told. */
async function sender(answer: RequestListener, limits = GENEROUS.email, adminEmail?: string) {
  const { url, close } = await startServer(answer);
  onTestFinished(close);
  return createEmailSender({ topicArn: TOPIC, adminEmail }, awsAt(url), limits);
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
    expect(await email.send(EMAIL)).toEqual({ messageId: 'm', to: TOPIC });
    expect(Object.fromEntries(new URLSearchParams(body))).toMatchObject({
      Action: 'Publish',
      TopicArn: TOPIC,
      Subject: EMAIL.subject,
      Message: EMAIL.text,
    });
  });

  it('is known by SNS’s id, and to whom it went', async () => {
    const published =
      '<PublishResponse><PublishResult><MessageId>m</MessageId></PublishResult></PublishResponse>';
    const email = await sender((_, response) => void response.end(published), undefined, 'admin@example.com');
    expect(await email.send(EMAIL)).toEqual({ messageId: 'm', to: 'admin@example.com' });
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

  it.each([
    ['0', false],
    ['1', true],
  ])('counts as sent with %s confirmed subscriptions: %s', async (confirmed, sent) => {
    const attributes = `<entry><key>SubscriptionsConfirmed</key><value>${confirmed}</value></entry>`;
    const email = await sender(async (request, response) => {
      const action = new URLSearchParams(await text(request)).get('Action');
      const result =
        action === 'Publish' ? '<MessageId>m</MessageId>' : `<Attributes>${attributes}</Attributes>`;
      response.end(`<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`);
    });
    const outcome = await email.send(EMAIL).then(
      () => 'sent',
      (error: Error) => error.message,
    );
    if (sent) expect(outcome).toBe('sent');
    else expect(outcome).toContain('Nobody has confirmed a subscription');
  });

  it('does not wait for an SNS that never answers', async () => {
    const email = await sender(() => undefined, { callMs: 500, tryMs: 100 });
    await expect(email.send(EMAIL)).rejects.toMatchObject({ name: 'EmailNotSentError' });
  });
});
