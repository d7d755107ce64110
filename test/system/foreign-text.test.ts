import * as iam from '@aws-sdk/client-iam';
import { afterAll, describe, expect, test } from 'vitest';
import { eventOf, start } from '../support/forged-events.ts';
import {
  type GuardedSandbox,
  granting,
  startGuardedSandbox,
  withinSandbox,
} from '../support/guarded-sandbox.ts';

const guard = await startGuardedSandbox();
afterAll(guard.stop);

const BAD = granting('s3:DeleteBucket');
const HARMLESS = granting('s3:ListBucket');
const verdictOf = async (pasted: string) =>
  JSON.stringify(await guard.command(`check ${pasted}`)).match(/It would be (\w+)/)?.[1];

describe('/policy-guard check takes what Slack pastes', () => {
  const spread = (document: string) => JSON.stringify(JSON.parse(document), null, 2);
  const smart = (text: string) => {
    let open = false;
    return text.replaceAll('"', () => {
      open = !open;
      return open ? '\u201c' : '\u201d';
    });
  };
  const entities = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

  test.each<[string, (document: string) => string]>([
    ['as it is', (document) => document],
    ['spaces of no width', (document) => document.replaceAll(':', ':\u200b').replaceAll('"', '"\u2060')],
    ['a mark of the order of bytes', (document) => `\ufeff${document}`],
    ['typographic quotation marks', smart],
    ['spaces that do not break', (document) => spread(document).replaceAll(' ', '\u00a0')],
    ['wide spaces', (document) => spread(document).replaceAll(' ', '\u3000')],
    ['a fence', (document) => `\`\`\`\n${spread(document)}\n\`\`\``],
    ['a fence that names its language', (document) => `\`\`\`json\n${spread(document)}\n\`\`\``],
    ['marks of code', (document) => `\`${document}\``],
    ['entities', (document) => entities(document.replace('"*"}', '"arn:aws:s3:::a&b<c>"}'))],
    [
      'a link that Slack has made',
      (document) => document.replace('"*"}', '"*","Sid":"<http://example.com|example.com>"}'),
    ],
    [
      'an address that Slack has made a link of',
      (document) => document.replace('"*"}', '"<https://example.com/*>"}'),
    ],
    ['a line break of Windows', (document) => spread(document).replaceAll('\n', '\r\n')],
    [
      'all of it',
      (document) => `\ufeff\`\`\`json\n${smart(spread(document)).replaceAll(' ', '\u00a0')}\n\`\`\`\u200b`,
    ],
  ])('%s', async (_, pasted) => {
    expect([await verdictOf(pasted(BAD)), await verdictOf(pasted(HARMLESS))]).toEqual([
      'quarantined',
      'allowed',
    ]);
  });

  test.each([
    ['s3:Delete\u200bBucket', 'quarantined'],
    ['\u201cs3:DeleteBucket\u201d', 'quarantined'],
    ['s3:ListBucket\u00a0s3:GetObject', 'allowed'],
    ['`s3:DeleteBucket`', 'quarantined'],
  ])('an action: %s', async (pasted, verdict) => {
    expect(await verdictOf(pasted)).toBe(verdict);
  });
});

/** Where no mail program may see a link: everything but what is an address of ours. */
const withoutOurs = (text: string) => text.replace(/https?:\/\/\S+/g, '').replace('infra/aws/RUNBOOK.md', '');
const LINKABLE = /[\p{L}\p{M}\p{N}][.。．｡][\p{L}\p{M}]{2}/u;

describe('whoever writes a domain', () => {
  test('into names and reasons has it made a link in no e-mail, whatever it is about', () =>
    withinSandbox({ ADMIN_EMAIL_SECONDS: '1', NOTIFY_ALLOWED: 'email' }, async (mailed) => {
      await mailed.post('/api/faults', { slack: 'down' });
      await tellEverything(mailed);
      const { emails } = await mailed.state();
      const ours = emails.filter(({ subject }) => subject.startsWith('Policy Guard'));
      expect(ours.some(({ text }) => text.includes('evil[.]example'))).toBe(true);
      const linkable = ours.flatMap(({ subject, text }) =>
        [subject, ...withoutOurs(text).split('\n')].filter((line) => LINKABLE.test(line)),
      );
      expect(linkable).toEqual([]);
      expect(new Set(ours.map(({ subject }) => subject.replace(/evil.*/, ''))).size).toBeGreaterThan(4);
    }));
});

/** Quarantined, put back, named by two, denied by link, harmless, of another account, unreadable. */
async function tellEverything(mailed: GuardedSandbox): Promise<void> {
  const UserName = 'login.evil.example';
  const PolicyName = 'approve-at.evil.example';
  await mailed.iam.send(new iam.CreateUserCommand({ UserName }));
  const put = (PolicyDocument: string, name = PolicyName) =>
    mailed.iam.send(new iam.PutUserPolicyCommand({ UserName, PolicyName: name, PolicyDocument }));
  await put(BAD);
  const mail = await mailed.until('the e-mail', ({ emails }) => emails.find(({ links }) => links.length > 1));
  await put(BAD);
  await put(HARMLESS, 'harmless.evil.example');
  const arn = `arn:aws:iam::123456789012:policy/${PolicyName}`;
  await mailed.create({ name: PolicyName });
  await start(mailed, eventOf(arn, 'mallory.evil.example'));
  const event = eventOf(arn, 'mallory.evil.example');
  const foreign = { ...event.detail, recipientAccountId: '210987654321' };
  await start(mailed, { ...event, account: '210987654321', detail: foreign });
  const unread = { ...event.detail.requestParameters, policyDocument: '{"evil.example' };
  await start(mailed, { ...event, detail: { ...event.detail, requestParameters: unread } });
  const deny = mail.links.find((link) => link.includes('decision=deny')) ?? '';
  await fetch(deny, { method: 'POST', body: new URLSearchParams({ reason: 'See evil.example/why.' }) });
  await mailed.settled();
  await mailed.post('/api/summary', {});
}

const CANARY = 'kanarienvogel';

describe('a document that cannot be read', () => {
  test.each<[string, unknown]>([
    ['cut off', `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"${CANARY}`],
    ['no JSON', `${CANARY} is no policy`],
    ['with a foreign token', `{"Version": ${CANARY}}`],
    ['of another shape', JSON.stringify([CANARY, { [CANARY]: CANARY }])],
    ['with statements of another shape', JSON.stringify({ Statement: { Effect: CANARY, Action: [CANARY] } })],
    ['nested beyond any policy', `${'['.repeat(50_000)}"${CANARY}"`],
    ['no text', { [CANARY]: [CANARY] }],
    ['encoded, and cut off', `%7B%22${CANARY}%2`],
  ])('%s is quoted in no message, e-mail or cause', async (name, policyDocument) => {
    const policy = await guard.create({ name: `unread-${name.replaceAll(/\W+/g, '-')}` });
    const event = eventOf(policy, 'developer');
    const { policyName } = event.detail.requestParameters;
    const requestParameters = { policyName, policyDocument };
    const arn = await start(guard, { ...event, detail: { ...event.detail, requestParameters } });
    await guard.settled();
    const { slack, emails, executions } = await guard.state();
    expect(executions.map((execution) => execution.arn)).toContain(arn);
    const causes = guard.sandbox
      .executions()
      .flatMap(({ history }) => history)
      .flatMap((entry) => Object.entries(entry))
      .filter(([details]) => /Failed|TimedOut/.test(details));
    const told = { slack: slack.messages, emails, ended: executions.map(({ reason }) => reason), causes };
    for (const [where, texts] of Object.entries(told)) {
      expect({ where, quoted: JSON.stringify(texts).includes(CANARY) }).toEqual({ where, quoted: false });
    }
  });

  test('is not quoted to whoever pastes it either', async () => {
    const reply = JSON.stringify(await guard.command(`check {"Version": ${CANARY}}`));
    expect(reply).toContain("It can't be read as a policy");
    expect(reply).not.toContain(CANARY);
  });
});
