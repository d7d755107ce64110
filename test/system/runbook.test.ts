import { readFileSync } from 'node:fs';
import { CloudTrailClient, LookupEventsCommand } from '@aws-sdk/client-cloudtrail';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  CreateUserCommand,
  DeleteUserPolicyCommand,
  PutUserPolicyCommand,
  SetDefaultPolicyVersionCommand,
} from '@aws-sdk/client-iam';
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { DeleteCommand, DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it, test } from 'vitest';
import { breakableHandlers } from '../support/breakable.ts';
import { broken, guard } from '../support/each-breakable-sandbox.ts';
import { GRACE, granting, withinSandbox } from '../support/guarded-sandbox.ts';
import { subscribe, unsubscribe } from '../support/topic.ts';

/** The sections of infra/aws/RUNBOOK.md, step by step, by whoever has Slack, IAM and the sandbox's buttons alone. */

const BAD = granting('s3:DeleteBucket');
const INLINE = { UserName: 'alice', PolicyName: 'bad', PolicyDocument: BAD };

/** What happens by itself within five minutes. */
const fiveMinutesLater = () => guard.post('/api/reconcile', {});

const failed = () =>
  guard.until('a failed execution', ({ executions }) => executions.find(({ status }) => status === 'FAILED'));

const asRoot = () => ({
  ...{ endpoint: guard.sandbox.aws, region: 'us-east-1' },
  credentials: guard.sandbox.callers.find(({ id }) => id === 'root')?.credentials,
});

const stop = (executionArn: string) =>
  new SFNClient(asRoot()).send(new StopExecutionCommand({ executionArn }));

const said = (reply: { ephemeral: unknown }) => JSON.stringify(reply.ephemeral);

it('asks nobody to start an execution', () => {
  const runbook = readFileSync(new URL('../../infra/aws/RUNBOOK.md', import.meta.url), 'utf8');
  expect(runbook).not.toMatch(/start-?execution|with the input of/i);
});

it('has every section followed here', () => {
  const runbook = readFileSync(new URL('../../infra/aws/RUNBOOK.md', import.meta.url), 'utf8');
  const here = readFileSync(new URL(import.meta.url), 'utf8');
  const sections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
  expect(sections).not.toEqual([]);
  expect(sections.filter((title) => !here.includes(`describe('${title}'`))).toEqual([]);
});

describe('A change ended in failure', () => {
  test('the cause is mended and the request resumed: what was approved is put back', async () => {
    const request = await guard.held();
    await guard.settled();
    broken.set('restore', 'Lambda.Unknown');
    await guard.click(request, 'approve');
    await failed();
    broken.clear();
    expect(said(await guard.command(`resume ${request.id}`))).toContain(request.id);
    await fiveMinutesLater();
    await guard.until('the end', ({ executions, requests }) => {
      const now = requests.find(({ id }) => id === request.id);
      return executions.find(({ arn, outcome }) => arn === now?.executionArn && outcome === 'approved');
    });
    expect(await guard.isInForce(request)).toBe(true);
  });
});

describe('A grant cannot be taken out of force', () => {
  beforeEach(async () => {
    await guard.iam.send(new CreateUserCommand(INLINE));
    broken.set('quarantine', 'PolicyGuard.Refused');
    await guard.iam.send(new PutUserPolicyCommand(INLINE));
  });

  test('a person takes it out, the guard sees it, and the request goes on', async () => {
    const request = await guard.asked(() => true);
    expect(JSON.stringify(await guard.message(request))).toContain('STILL IN FORCE');
    await guard.iam.send(new DeleteUserPolicyCommand(INLINE));
    broken.clear();
    await guard.settled();
    await guard.until('the message says so', ({ slack }) =>
      slack.messages.find(({ ts, text }) => ts === request.slack?.ts && !text.includes('STILL IN FORCE')),
    );
    await guard.deny(request);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
  });

  test('the cause is mended, and the guard takes it out', async () => {
    const request = await guard.asked(() => true);
    broken.clear();
    await guard.settled();
    expect(await guard.inlineText(INLINE)).not.toBe(BAD);
    await guard.deny(request);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
  });

  test('it is to stay, so it is approved, and the guard stops trying', async () => {
    const request = await guard.asked(() => true);
    await guard.click(request, 'approve');
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    expect(await guard.inlineText(INLINE)).toBe(BAD);
  });
});

describe('Somebody stopped an execution', () => {
  test('show tells what has become of the request; resumed, it waits again and a click counts', async () => {
    const request = await guard.held();
    await guard.settled();
    await stop(request.executionArn);
    expect(said(await guard.command(`show ${request.id}`))).toContain(request.id);
    await guard.command(`resume ${request.id}`);
    await fiveMinutesLater();
    await guard.settled();
    await guard.click(request, 'approve');
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
  });

  test('a decision meanwhile is not said to be under way, and is carried out within five minutes', async () => {
    const request = await guard.held();
    await guard.settled();
    await stop(request.executionArn);
    await guard.click(request, 'approve');
    const message = JSON.stringify(await guard.message(request));
    expect(message).toContain('It will be carried out as soon as possible.');
    await guard.iam.send(
      new SetDefaultPolicyVersionCommand({ PolicyArn: request.policyArn ?? '', VersionId: 'v2' }),
    );
    await fiveMinutesLater();
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    expect(await guard.isInForce(request)).toBe(true);
  });
});

describe('Reconcile does not run', () => {
  test('the next run does what was left undone', async () => {
    const request = await guard.held();
    await guard.settled();
    await stop(request.executionArn);
    broken.set('reconcile', 'Runtime.ExitError');
    await expect(fiveMinutesLater()).rejects.toThrow();
    broken.clear();
    expect(await fiveMinutesLater()).toMatchObject({ takenUp: 1 });
    await guard.settled();
    await guard.deny(request, GRACE);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
  });
});

describe('Clicks do not arrive', () => {
  test('the links of every request that waits are mailed, and decide', async () => {
    const [one, two] = [await guard.held(), await guard.held()];
    await guard.settled();
    expect((await guard.state()).emails).toEqual([]);
    expect(await guard.post('/api/mail-waiting', {})).toEqual({ mailed: 2, waiting: 2 });
    const { emails } = await guard.state();
    const linkOf = ({ id }: typeof one, decision: string) =>
      emails.flatMap(({ links }) => links).find((link) => link.includes(id) && link.includes(`=${decision}`));
    expect((await fetch(linkOf(one, 'approve') ?? '', { method: 'POST' })).status).toBe(200);
    expect((await fetch(linkOf(two, 'deny') ?? '', { method: 'POST' })).status).toBe(200);
    expect(await guard.ended(one.id)).toMatchObject({ outcome: 'approved' });
    expect(await guard.ended(two.id)).toMatchObject({ outcome: 'denied' });
    expect(await guard.isInForce(one)).toBe(true);
    expect(await guard.isInForce(two)).toBe(false);
  });
});

describe('CloudTrail cannot be asked', () => {
  test('what is out of force stays so, and is confirmed once CloudTrail answers', async () => {
    await guard.post('/api/faults', { eventHistory: 'down' });
    const request = await guard.held();
    await guard.settled();
    expect(await fiveMinutesLater()).toMatchObject({ confirmed: 0 });
    expect(await guard.isInForce(request)).toBe(false);
    await guard.post('/api/faults', { eventHistory: 'up' });
    // Who has made it is looked up by the event's id, which Details has.
    const { Events = [] } = await new CloudTrailClient(asRoot()).send(
      new LookupEventsCommand({
        LookupAttributes: [{ AttributeKey: 'EventId', AttributeValue: request.change.eventId }],
      }),
    );
    expect(Events.map(({ Username }) => Username)).toEqual(['developer']);
    expect(await fiveMinutesLater()).toMatchObject({ confirmed: 1 });
    await guard.click(request, 'approve');
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
  });
});

describe('Events are lost', () => {
  /** Two readings of the account right after one another would otherwise be ten minutes apart. */
  const SOON = { SWEEP_SETTLE_SECONDS: '1' };

  test('the sweep finds what no event has told of, and the doctor says how many', () =>
    withinSandbox(SOON, async (sandbox) => {
      const sweep = () => sandbox.post('/api/reconcile', {});
      await sweep();
      await sandbox.post('/api/faults', { events: 'down' });
      const arn = await sandbox.create();
      await sweep();
      await new Promise((resolve) => setTimeout(resolve, 1_100));
      await sweep();
      const request = await sandbox.asked(({ policyArn }) => policyArn === arn);
      expect(await sandbox.inForce(arn)).toBe('v2');
      expect(JSON.stringify(await sandbox.message(request))).toContain('found by the sweep');
      expect(said(await sandbox.command('doctor'))).toMatch(/❌ \*Sweep:\*[^"]*it had to find 1 grant/);
    }));
});

describe('The account is not swept', () => {
  test('the doctor says so, and the next sweep comes through once the cause is mended', async () => {
    broken.set('reconcile', 'AccessDenied');
    await expect(fiveMinutesLater()).rejects.toThrow();
    expect(said(await guard.command('doctor'))).toMatch(/❔ \*Sweep:\* The account was never swept/);
    broken.clear();
    await fiveMinutesLater();
    expect(said(await guard.command('doctor'))).toMatch(/✅ \*Sweep:\*/);
  });
});

describe('Quarantine came late', () => {
  test('the message says when the change was made', async () => {
    await guard.post('/api/faults', { cloudTrailDelayMs: 2_000 });
    const arn = await guard.create();
    expect(await guard.inForce(arn)).toBe('v1');
    const request = await guard.asked(({ policyArn }) => policyArn === arn);
    const made = Math.floor(Date.parse(request.change.eventTime) / 1_000);
    expect(JSON.stringify(await guard.message(request))).toContain(`<!date^${made}^`);
  });
});

describe('Clicks or links fail', () => {
  test('whoever clicks again has decided once', async () => {
    const request = await guard.held();
    await guard.settled();
    broken.set('slack', 'Runtime.ExitError');
    await guard.click(request, 'approve').catch(() => undefined);
    broken.clear();
    expect(await guard.isInForce(request)).toBe(false);
    expect(said(await guard.command('doctor'))).toContain('Slack token');
    await guard.click(request, 'approve');
    await guard.click(request, 'approve');
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    expect(await guard.sandbox.auditTrail(request.id, 'decision.approved')).toHaveLength(1);
  });
});

describe('Slack cannot be reached', () => {
  test('the links of the e-mail decide meanwhile', async () => {
    await guard.post('/api/faults', { slack: 'down' });
    await guard.create();
    const link = await guard.until('an e-mail with a link', ({ emails }) =>
      emails.flatMap(({ links }) => links).find((each) => each.includes('decision=deny')),
    );
    expect((await fetch(link, { method: 'POST' })).status).toBe(200);
    await guard.until('the denial', ({ requests }) => requests.find(({ outcome }) => outcome === 'denied'));
    await guard.post('/api/faults', { slack: 'up' });
    expect(said(await guard.command('doctor'))).toContain('✅ *Slack token:*');
  });
});

describe('E-mail is not delivered', () => {
  test('the doctor says that the address is not subscribed; subscribed and confirmed anew, it gets the e-mails', async () => {
    const admin = 'security@example.com';
    await unsubscribe(guard, admin);
    expect(said(await guard.command('doctor'))).toMatch(/❌ \*E-mail:\*[^"]*not subscribed/);
    await subscribe(guard, admin);
    expect(said(await guard.command('doctor'))).toMatch(/✅ \*E-mail:\*/);
    await guard.held();
    await guard.settled();
    await guard.post('/api/mail-waiting', {});
    const { emails } = await guard.state();
    expect(emails.filter(({ to, links }) => to === admin && links.join().includes('decide'))).toHaveLength(1);
  });
});

describe('The daily summary did not come', () => {
  const EXEMPT = 'arn:aws:iam::123456789012:role/deployer until 2999-12-31: it deploys';

  test('it is asked for again, and tells what was exempt meanwhile', () =>
    withinSandbox(
      { EXEMPT_REQUESTERS: EXEMPT },
      async (sandbox) => {
        await sandbox.create({ caller: 'deployer' });
        await sandbox.until('the end', ({ requests }) =>
          requests.find(({ outcome }) => outcome === 'exempt'),
        );
        broken.set('summarise', 'Lambda.Unknown');
        await expect(sandbox.post('/api/summary', {})).rejects.toThrow();
        broken.clear();
        expect((await sandbox.state()).slack.messages).toEqual([]);
        expect(JSON.stringify((await sandbox.command('history')).ephemeral)).toContain('policy');
        await sandbox.post('/api/summary', {});
        expect(JSON.stringify((await sandbox.state()).slack.messages)).toContain('it deploys');
      },
      {},
      breakableHandlers(broken),
    ));
});

describe('Changes are not delivered', () => {
  test('the cause is mended: the queue empties by itself, and each change goes its way', async () => {
    await guard.post('/api/faults', { delivery: 'down' });
    const arns = [await guard.create(), await guard.create()];
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect((await guard.state()).executions).toEqual([]);
    await guard.post('/api/faults', { delivery: 'up' });
    await fiveMinutesLater();
    for (const arn of arns) {
      await guard.asked(({ policyArn }) => policyArn === arn);
      expect(await guard.inForce(arn)).toBe('v2');
    }
  });
});

describe('Functions are throttled', () => {
  test.each([
    ['what contains', 'contain'],
    ['what asks', 'notify'],
    ['what inspects', 'inspect'],
  ])('%s has room again: nothing is lost, and nobody has to do anything', async (_what, name) => {
    broken.set(name, 'Lambda.TooManyRequestsException');
    const arn = await guard.create();
    await guard.until('a try', ({ executions }) => executions[0]?.path.length);
    broken.clear();
    await fiveMinutesLater();
    const request = await guard.asked(({ policyArn }) => policyArn === arn);
    await guard.settled();
    await guard.deny(request);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'denied' });
    expect(await guard.inForce(arn)).toBe('v2');
  });
});

describe('Clicks are slowed by a flood', () => {
  test('who clicks again has decided once', async () => {
    const request = await guard.held();
    await guard.settled();
    const knock = () =>
      fetch(`${guard.sandbox.page}/slack/events`, { method: 'POST', body: 'payload=%7B%7D' });
    const flood = Promise.all(Array.from({ length: 100 }, knock));
    await Promise.all([guard.click(request, 'approve'), guard.click(request, 'approve')]);
    expect((await flood).filter(({ ok }) => ok)).toEqual([]);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    expect(await guard.sandbox.auditTrail(request.id, 'decision.approved')).toHaveLength(1);
  });
});

describe('Strangers get the e-mails', () => {
  test('the doctor names them; without their subscription an e-mail can approve again', async () => {
    await subscribe(guard, 'mallory@example.net');
    expect(said(await guard.command('doctor'))).toContain('mallory@');
    const request = await guard.held();
    await guard.settled();
    const linksMailed = async () => {
      const before = (await guard.state()).emails.length;
      await guard.post('/api/mail-waiting', {});
      return (await guard.state()).emails.slice(before).flatMap(({ links }) => links);
    };
    expect((await linksMailed()).join()).not.toContain('decision=approve');
    await unsubscribe(guard, 'mallory@example.net');
    const link = (await linksMailed()).find((each) => each.includes('decision=approve'));
    expect((await fetch(link ?? '', { method: 'POST' })).status).toBe(200);
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
  });
});

describe('The ledger is damaged or lost', () => {
  const TableName = 'policy-guard-ledger';

  test('everything stays quarantined until its items are copied back; then the request goes on', async () => {
    const request = await guard.held();
    await guard.settled();
    const table = DynamoDBDocumentClient.from(new DynamoDBClient(asRoot()));
    const { Items = [] } = await table.send(new ScanCommand({ TableName }));
    for (const { pk, sk } of Items) await table.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
    await guard.click(request, 'approve');
    expect(await guard.isInForce(request)).toBe(false);
    const meanwhile = await guard.held();
    expect(await guard.isInForce(meanwhile)).toBe(false);
    for (const Item of Items) await table.send(new PutCommand({ TableName, Item }));
    await guard.click(request, 'approve');
    expect(await guard.ended(request.id)).toMatchObject({ outcome: 'approved' });
    expect(await guard.isInForce(request)).toBe(true);
    await guard.deny(meanwhile);
    expect(await guard.ended(meanwhile.id)).toMatchObject({ outcome: 'denied' });
  });
});
