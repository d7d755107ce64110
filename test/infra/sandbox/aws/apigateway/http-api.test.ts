import { describe, expect, it, vi } from 'vitest';
import type { HttpRequest } from '../../../../../infra/sandbox/aws/apigateway/event.ts';
import { createHttpApi } from '../../../../../infra/sandbox/aws/apigateway/http-api.ts';
import { createFunctions } from '../../../../../infra/sandbox/aws/lambda/functions.ts';

const place = { region: 'us-east-1', accountId: '123456789012' };

function apiWith(handler: (event: never) => unknown) {
  const definition = { handler: async (event: never) => handler(event), timeoutSeconds: 60 };
  const failed = vi.fn();
  const functions = createFunctions({ slack: definition, email: definition, install: definition }, place);
  return { api: createHttpApi(functions, failed), failed };
}

function request(method: string, target: string, rest: Partial<HttpRequest> = {}): HttpRequest {
  return {
    method,
    target,
    headers: { host: 'localhost:3000' },
    body: Buffer.alloc(0),
    sourceIp: '127.0.0.1',
    ...rest,
  };
}

describe('the HTTP API', () => {
  it.each([
    ['GET', '/slack/events'],
    ['POST', '/slack/install'],
    ['DELETE', '/decide'],
    ['GET', '/decide/'],
    ['GET', '/'],
  ])('routes nothing for %s %s', async (method, target) => {
    const { api } = apiWith(() => 'reached');
    expect((await api.handle(request(method, target))).status).toBe(404);
  });

  it('hands a form on base64-encoded, as API Gateway does', async () => {
    const { api } = apiWith((event) => event);
    const body = Buffer.from('payload=%7B%7D');
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await api.handle(request('POST', '/slack/events', { headers, body }));
    expect(JSON.parse(answer.body.toString())).toMatchObject({
      version: '2.0',
      routeKey: 'POST /slack/events',
      isBase64Encoded: true,
      body: body.toString('base64'),
    });
  });

  it('hands JSON on as text, and cookies and the query apart from the rest', async () => {
    const { api } = apiWith((event) => event);
    const headers = { 'content-type': 'application/json', cookie: 'a=1; b=2' };
    const body = Buffer.from('{"x":"é"}');
    const answer = await api.handle(request('POST', '/decide?a=1&a=2&b=%20', { headers, body }));
    const event = JSON.parse(answer.body.toString());
    expect(event).toMatchObject({
      isBase64Encoded: false,
      body: '{"x":"é"}',
      cookies: ['a=1', 'b=2'],
      rawPath: '/decide',
      rawQueryString: 'a=1&a=2&b=%20',
      queryStringParameters: { a: '1,2', b: ' ' },
    });
    expect(event.headers).not.toHaveProperty('cookie');
  });

  it('answers with the function’s status, headers, cookies and body', async () => {
    const { api } = apiWith(() => ({
      statusCode: 302,
      headers: { Location: '/x' },
      cookies: ['state=1; HttpOnly'],
      body: Buffer.from('gone').toString('base64'),
      isBase64Encoded: true,
    }));
    const answer = await api.handle(request('GET', '/slack/install'));
    expect(answer).toMatchObject({
      status: 302,
      headers: { location: '/x', 'set-cookie': ['state=1; HttpOnly'] },
    });
    expect(answer.body.toString()).toBe('gone');
  });

  it('answers 500 without details when the function fails, and tells the operator', async () => {
    const { api, failed } = apiWith(() => {
      throw new Error('secret detail');
    });
    const answer = await api.handle(request('GET', '/decide'));
    expect([answer.status, answer.body.toString()]).toEqual([500, '{"message":"Internal Server Error"}']);
    expect(failed).toHaveBeenCalledWith(expect.objectContaining({ errorMessage: 'secret detail' }));
  });
});
