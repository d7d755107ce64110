import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createEmailHandler } from '../../../bot/handlers/email.ts';
import { decisionLinkUrl } from '../../../bot/links/decision-link.ts';
import { toEvent } from '../../../infra/sandbox/http-api/event.ts';
import { createLedgerTable } from '../../../infra/sandbox/ledger/create-table.ts';
import { pack } from '../../../workflow/documents/packed-document.ts';
import { createLedger } from '../../../workflow/ledger/dynamodb-ledger.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { type RunningEndpoint, startAwsEndpoint } from '../../support/aws-endpoint.ts';
import { aChange, aRequest } from '../../support/requests.ts';

const KEY = 'a-signing-key-of-more-than-32-characters';
const HOSTILE = `</dd><script>alert(1)</script><img src=x onerror="alert(1)">`;
const FAR = 4_000_000_000;

let endpoint: RunningEndpoint;
let email: ReturnType<typeof createEmailHandler>;
let ledger: ReturnType<typeof createLedger>;
let request: ApprovalRequest;
let sent: { operation: string; input: Record<string, unknown> }[];
let count = 0;

beforeAll(async () => {
  const record = (operation: string) => (input: Record<string, unknown>) => {
    sent.push({ operation, input });
    return {};
  };
  endpoint = await startAwsEndpoint({
    SendTaskSuccess: record('SendTaskSuccess'),
    SendTaskFailure: record('SendTaskFailure'),
  });
  await createLedgerTable('ledger', endpoint.config());
  const LINK_SECRET_ARN = endpoint.aws.secrets.addSecret('links', JSON.stringify({ linkSigningKey: KEY }));
  email = createEmailHandler(
    { LINK_SECRET_ARN, TABLE_NAME: 'ledger', LOG_LEVEL: 'ERROR' },
    endpoint.config(),
  );
  ledger = createLedger({ tableName: 'ledger', aws: endpoint.config() });
});
afterAll(() => endpoint.stop());
beforeEach(async () => {
  sent = [];
  request = await recorded();
});

async function recorded(overrides: Partial<ApprovalRequest> = {}): Promise<ApprovalRequest> {
  count += 1;
  const asked = aRequest(`pg-email${count}`, { document: pack(`{"document":${count}}`), ...overrides });
  await ledger.record(asked);
  await ledger.storeTaskToken(asked.id, `token-${count}`);
  return asked;
}

function link(decision: 'approve' | 'deny', { expires = FAR, key = KEY, id = request.id } = {}): string {
  return decisionLinkUrl('https://guard.example.com', { requestId: id, decision, expires }, key);
}

async function call(method: string, url: string, form?: Record<string, string>, handler = email) {
  const { pathname, search } = new URL(url);
  const body = Buffer.from(form === undefined ? '' : new URLSearchParams(form).toString());
  const headers: Record<string, string> =
    form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' };
  const event = toEvent(
    { method, target: `${pathname}${search}`, headers, body, sourceIp: '203.0.113.9' },
    `${method} ${pathname}`,
  );
  return handler(event);
}

const decisionOf = async () => (await ledger.read(request.id))?.decision;

describe('must always hold 5: no authority in a link alone', () => {
  test.each(['GET', 'HEAD'])('%s changes nothing', async (method) => {
    expect((await call(method, link('approve'))).statusCode).toBe(200);
    expect(await decisionOf()).toBeUndefined();
    expect(sent).toEqual([]);
  });

  test.each([
    ['forged', 403, () => link('approve', { key: 'another-signing-key-of-32-characters' })],
    ['changed from deny to approve', 403, () => link('deny').replace('decision=deny', 'decision=approve')],
    [
      'made to last longer',
      403,
      () => link('approve', { expires: 1 }).replace('expires=1', `expires=${FAR}`),
    ],
    ['expired', 410, () => link('approve', { expires: 1_000_000_000 })],
    ['cut off', 400, () => link('approve').slice(0, -10)],
  ])('a link that is %s is refused, and reveals nothing', async (_, status, url) => {
    for (const method of ['GET', 'POST']) {
      const { statusCode, body } = await call(method, url());
      expect(statusCode).toBe(status);
      expect(body).not.toContain('my-bad-policy');
      expect(body).not.toContain('dana@example.com');
    }
    expect(await decisionOf()).toBeUndefined();
  });

  test('other methods are refused', async () => {
    const { statusCode, headers } = await call('PUT', link('approve'));
    expect(statusCode).toBe(405);
    expect(headers.allow).toBe('GET, HEAD, POST');
  });
});

describe('the page', () => {
  test('shows the request in full, and one button', async () => {
    const { body } = await call('GET', link('approve'));
    for (const shown of [
      'dana@example.com',
      'my-bad-policy',
      '123456789012',
      's3:DeleteBucket',
      'AllowDelete',
      'Version v1 has been taken out of force and is kept.',
      'If you approve: Version v1 is put back in force',
    ]) {
      expect(body).toContain(shown);
    }
    expect(body).toContain('  &quot;document&quot;: ');
    expect(body.match(/<button/g)).toHaveLength(1);
  });

  test('says of a deny link what denying does', async () => {
    const { body } = await call('GET', link('deny'));
    expect(body).toContain('If you deny: Version v1 is deleted for good.');
    expect(body).not.toContain('If you approve');
  });

  test('shows a statement that was padded out of sight, and what cannot be seen', async () => {
    const document = `{"Version":"2012-10-17",${'\n'.repeat(100_000)}"Statement":"\u202e hidden"}`;
    const padded = await recorded({ document: pack(document) });
    const { body } = await call('GET', link('approve', { id: padded.id }));
    expect(body).toContain(
      '{\n  &quot;Version&quot;: &quot;2012-10-17&quot;,\n  &quot;Statement&quot;: &quot;\\u{202e} hidden&quot;\n}',
    );
    expect(body).toContain(`${document.length} characters`);
  });

  test('escapes everything that came from outside', async () => {
    const change = aChange();
    const hostile = await recorded({
      change: {
        ...change,
        requester: { ...change.requester, label: HOSTILE, userAgent: HOSTILE, arn: HOSTILE },
      },
      inspection: {
        findings: [
          {
            restricted: HOSTILE,
            grantedBy: HOSTILE,
            statement: 0,
            sid: HOSTILE,
            resources: [HOSTILE],
            conditional: true,
            condition: HOSTILE,
          },
        ],
        total: 1,
        unreadable: HOSTILE,
      },
      document: pack(HOSTILE),
    });
    const { body } = await call('GET', link('approve', { id: hostile.id }));
    expect(body).not.toContain('<script');
    expect(body).not.toContain('<img');
    expect(body).toContain('&lt;script&gt;');
  });
});

describe('POST', () => {
  test('of an approve link approves: the ledger first, then the state machine', async () => {
    const { statusCode, body } = await call('POST', link('approve'), { reason: 'Needed for the move' });
    expect(statusCode).toBe(200);
    expect(body).toContain('Your decision is recorded');
    expect(await decisionOf()).toMatchObject({
      decision: 'approved',
      via: 'email',
      by: { name: 'someone with the e-mail link' },
      reason: 'Needed for the move',
    });
    expect(sent).toMatchObject([{ operation: 'SendTaskSuccess', input: { taskToken: `token-${count}` } }]);
  });

  test('of a deny link denies', async () => {
    await call('POST', link('deny'));
    expect(await decisionOf()).toMatchObject({ decision: 'denied' });
    expect(sent).toMatchObject([{ operation: 'SendTaskFailure', input: { error: 'PolicyGuard.Denied' } }]);
  });

  test('must always hold 3: one decision, however many posts there are', async () => {
    const pages = await Promise.all([
      call('POST', link('approve')),
      call('POST', link('deny')),
      call('POST', link('approve')),
    ]);
    expect(pages.filter(({ body }) => body.includes('Your decision is recorded'))).toHaveLength(1);
    const decided = (await decisionOf())?.decision === 'approved' ? 'Approved' : 'Denied';
    for (const { body } of pages) expect(body).toContain(`${decided} by someone with the e-mail link`);
  });

  test('after somebody decided in Slack, both links say who decided what', async () => {
    const by = { name: 'Ada Lovelace', slackUserId: 'U0ADA' };
    await ledger.decide(request.id, { decision: 'denied', by, via: 'slack', at: new Date().toISOString() });
    for (const method of ['GET', 'POST']) {
      const { body } = await call(method, link('approve'));
      expect(body).toContain('Denied by Ada Lovelace in Slack');
      expect(body).not.toContain('<form');
    }
    expect((await decisionOf())?.by).toEqual(by);
  });
});

test('a link that is signed with a rotated key is valid at once', async () => {
  const SecretId = endpoint.aws.secrets.addSecret('rotated', JSON.stringify({ linkSigningKey: KEY }));
  const handler = createEmailHandler(
    { LINK_SECRET_ARN: SecretId, TABLE_NAME: 'ledger', LOG_LEVEL: 'ERROR' },
    endpoint.config(),
  );
  expect((await call('GET', link('approve'), undefined, handler)).statusCode).toBe(200);
  const rotated = 'the-signing-key-that-comes-after-it';
  const SecretString = JSON.stringify({ linkSigningKey: rotated });
  await new SecretsManagerClient(endpoint.config()).send(
    new PutSecretValueCommand({ SecretId, SecretString }),
  );
  expect((await call('GET', link('approve', { key: rotated }), undefined, handler)).statusCode).toBe(200);
  expect((await call('GET', link('approve'), undefined, handler)).statusCode).toBe(403);
});

test('must always hold 8: every attempt is audited, and no link or signature is kept', async () => {
  await call('POST', link('approve', { key: 'another-signing-key-of-32-characters' }));
  await call('POST', link('approve'));
  const entries = await ledger.recentAudit(10);
  expect(entries.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['link.refused', 'decision.approved']),
  );
  expect(JSON.stringify(entries)).not.toMatch(/signature|[0-9a-f]{64}/);
});
