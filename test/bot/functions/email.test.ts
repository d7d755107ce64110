import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createEmailHandler } from '../../../bot/functions/email.ts';
import { decisionLinkUrl } from '../../../bot/media/email/decision-link.ts';
import { toEvent } from '../../../infra/sandbox/aws/apigateway/event.ts';
import { createLedgerTable } from '../../../infra/sandbox/aws/dynamodb/create-table.ts';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import { createLedger } from '../../../workflow/ledger/ledger.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { type RunningEndpoint, startAwsEndpoint } from '../../support/aws-endpoint.ts';
import { GENEROUS } from '../../support/generous.ts';
import { aChange, aRequest } from '../../support/requests.ts';

const KEY = 'a-signing-key-of-more-than-32-characters';
const HOSTILE = `</dd><script>alert(1)</script><img src=x onerror="alert(1)">`;
const FAR = 4_000_000_000;
const SENT = 1_772_366_405;

let endpoint: RunningEndpoint;
let email: ReturnType<typeof createEmailHandler>;
let withSettings: (settings: Record<string, string>) => typeof email;
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
  withSettings = (settings) =>
    createEmailHandler(
      {
        ...{ LINK_SECRET_ARN, TABLE_NAME: 'ledger', LOG_LEVEL: 'ERROR' },
        ...{ ADMIN_EMAIL: 'security@example.com', ...settings },
      },
      endpoint.config(),
      GENEROUS,
    );
  email = withSettings({});
  ledger = createLedger({ tableName: 'ledger', aws: endpoint.config(), timeouts: GENEROUS.ledger });
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
  await ledger.storeTaskToken(asked, `token-${count}`);
  return asked;
}

function link(decision: 'approve' | 'deny', { expires = FAR, key = KEY, id = request.id } = {}): string {
  return decisionLinkUrl('https://guard.example.com', { requestId: id, decision, expires, sent: SENT }, key);
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
    ['made to look like another e-mail’s', 403, () => link('approve').replace(/sent=\d+/, 'sent=1772366406')],
    ['without when it was sent', 400, () => link('approve').replace(/sent=\d+&/, '')],
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

  test('says which e-mail decided, and from which address', async () => {
    await call('POST', link('approve'));
    expect((await decisionOf())?.by).toEqual({
      name: 'someone with the e-mail link',
      email: {
        text: '“Policy Guard: decide about my-bad-policy” of 2026-03-01 12:00:05 UTC to security@example.com',
        sourceIp: '203.0.113.9',
      },
    });
    const trail = await ledger.auditTrail(request.id);
    expect(trail.at(-1)?.detail).toContain('to security@example.com, from 203.0.113.9): approved');
  });

  test('of a deny link denies, with a reason', async () => {
    await call('POST', link('deny'), { reason: ' Not without a ticket. ' });
    expect(await decisionOf()).toMatchObject({ decision: 'denied', reason: 'Not without a ticket.' });
    expect(sent).toMatchObject([{ operation: 'SendTaskFailure', input: { error: 'PolicyGuard.Denied' } }]);
  });

  test('of a deny link by a script, without the form’s field, denies: that is the safe way', async () => {
    expect((await call('POST', link('deny'))).statusCode).toBe(200);
    expect(await decisionOf()).toMatchObject({ decision: 'denied' });
  });

  test.each([{ reason: '' }, { reason: ' \u200b. ' }])(
    'of a deny link without a reason (%j) decides nothing, and asks for one',
    async (form) => {
      const { statusCode, body } = await call('POST', link('deny'), form);
      expect(statusCode).toBe(400);
      expect(body).toContain('A denial needs a reason; nothing was decided.');
      expect(body).toMatch(/<input [^>]*required>/);
      expect(await decisionOf()).toBeUndefined();
    },
  );

  test('must always hold 3: one decision, however many posts there are', async () => {
    const pages = await Promise.all([
      call('POST', link('approve')),
      call('POST', link('deny'), { reason: 'No.' }),
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

describe('where two approvers are needed', () => {
  const requester = { status: 'unmatched', why: 'No Slack user has the address x@y' } as const;
  const needsTwo = () => recorded({ approvalsNeeded: 2, requester });
  const ADA = {
    by: { name: 'Ada', slackUserId: 'U0ADA' },
    via: 'slack',
    at: '2026-03-01T12:05:00.000Z',
  } as const;

  test('the page says that approving by link is not enough, and why', async () => {
    request = await needsTwo();
    const { body } = await call('GET', link('approve'));
    expect(body).toContain('Approving here is not enough');
    expect(body).toContain('1 more has to approve in Slack');
    expect(body).toContain('<button class="approve">Approve: one of 2, 1 more in Slack</button>');
    expect(body).toContain('The requester is not known in Slack: No Slack user has the address x@y.');
    expect((await call('GET', link('deny'))).body).not.toContain('not enough');
  });

  test('all links together are one vote', async () => {
    request = await needsTwo();
    const first = await call('POST', link('approve'));
    expect(first.statusCode).toBe(200);
    expect(first.body).toContain('Your approval is counted: 1 of 2');
    const second = await call('POST', link('approve'));
    expect(second.body).toContain('An e-mail link has been counted already: 1 of 2');
    expect((await ledger.read(request.id))?.votes).toHaveLength(1);
    expect((await call('GET', link('approve'))).body).toContain('another one adds nothing');
    expect(sent).toEqual([]);
  });

  test('a link is the second vote after one in Slack, which the page shows', async () => {
    request = await needsTwo();
    await ledger.approve(request.id, ADA);
    const { body } = await call('GET', link('approve'));
    expect(body).toContain('1 of 2 approvals.');
    expect(body).toContain('Approved by <strong>Ada</strong> in Slack');
    expect(body).not.toContain('not enough');
    await call('POST', link('approve'));
    expect(await decisionOf()).toMatchObject({ decision: 'approved', via: 'email' });
    expect(sent).toHaveLength(1);
  });

  test('one denial by link denies', async () => {
    request = await needsTwo();
    await ledger.approve(request.id, ADA);
    await call('POST', link('deny'), { reason: 'No.' });
    expect(await decisionOf()).toMatchObject({ decision: 'denied' });
  });
});

describe('EMAIL_LINKS, as it is when a link is used', () => {
  test.each(['GET', 'POST'])('off: %s decides nothing by any link, and is audited', async (method) => {
    const off = withSettings({ EMAIL_LINKS: 'off' });
    for (const decision of ['approve', 'deny'] as const) {
      const { statusCode, body } = await call(method, link(decision), { reason: 'No.' }, off);
      expect(statusCode).toBe(403);
      expect(body).toContain('Links are switched off');
      expect(body).not.toContain('my-bad-policy');
    }
    expect(await decisionOf()).toBeUndefined();
    expect((await ledger.auditTrail(request.id)).map(({ event }) => event)).toEqual([
      'link.refused',
      'link.refused',
    ]);
  });

  test('deny-only: an approve link is refused, a deny link denies', async () => {
    const denyOnly = withSettings({ EMAIL_LINKS: 'deny-only' });
    const refused = await call('POST', link('approve'), {}, denyOnly);
    expect(refused.statusCode).toBe(403);
    expect(refused.body).toContain('Approving by link is switched off');
    expect(await decisionOf()).toBeUndefined();
    await call('POST', link('deny'), { reason: 'No.' }, denyOnly);
    expect(await decisionOf()).toMatchObject({ decision: 'denied' });
  });
});

test('a link that is signed with a rotated key is valid at once', async () => {
  const SecretId = endpoint.aws.secrets.addSecret('rotated', JSON.stringify({ linkSigningKey: KEY }));
  const handler = createEmailHandler(
    { LINK_SECRET_ARN: SecretId, TABLE_NAME: 'ledger', LOG_LEVEL: 'ERROR' },
    endpoint.config(),
    GENEROUS,
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

test('a forged or a malformed link writes nothing into the ledger, however often', async () => {
  const before = (await ledger.recentAudit(1_000)).length;
  for (let request = 0; request < 100; request++) {
    await call('POST', link('approve', { key: 'another-signing-key-of-32-characters' }));
    await call('GET', `${link('approve').slice(0, -10)}`);
  }
  expect(await ledger.recentAudit(1_000)).toHaveLength(before);
});

test('must always hold 8: every attempt is audited, and no link or signature is kept', async () => {
  const denyOnly = withSettings({ EMAIL_LINKS: 'deny-only' });
  await call('POST', link('approve'), {}, denyOnly);
  await call('POST', link('approve'));
  const entries = await ledger.recentAudit(10);
  expect(entries.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['link.refused', 'decision.approved']),
  );
  expect(JSON.stringify(entries)).not.toMatch(/signature|[0-9a-f]{64}/);
});
