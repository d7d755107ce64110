import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SCOPES } from '../../../bot/media/slack/scopes.ts';
import type { Target } from '../../../workflow/events/change.ts';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import { allText, blockKitProblems, homeProblems, modalProblems } from '../../support/block-kit.ts';
import { APPROVAL, APPROVED, aChange, aRequest, DENIED, INLINE } from '../../support/requests.ts';
import { startWorld, TEAM, type World } from './slack-world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await world.ledger.record(aRequest('r-waiting'));
  await world.ledger.record(aRequest('r-done', { change: aChange({ requestId: 'r-done', target: INLINE }) }));
  await world.ledger.decide('r-done', APPROVED);
  await world.ledger.close('r-done', 'approved', 'It is in force again.', '2026-03-01T12:06:00.000Z');
});
afterAll(() => world.stop());
beforeEach(() => {
  world.withSettings({ APPROVERS: 'U0ADALOVE,U0GRACEHO,U0DANALEE' });
  world.slack.answers.clear();
});

/** So old that no list of the newest shows it. */
const BEFORE = '2026-02-01T12:00:00.000Z';

const inline = (policyName: string): Target => ({
  ...{ type: 'inline-policy', entity: 'role', entityName: 'deployer' },
  policyName,
});

/** What the person who asked sees, and nobody else. */
async function ask(text: string, overrides: Record<string, string> = {}): Promise<string> {
  const { statusCode, body } = await world.command(text, overrides);
  expect(statusCode).toBe(200);
  const answer = JSON.parse(body) as { response_type: string; blocks: unknown };
  expect(answer.response_type).toBe('ephemeral');
  expect(blockKitProblems(answer.blocks, 'message')).toEqual([]);
  return allText(answer.blocks);
}

describe('/policy-guard', () => {
  it.each(['', 'list', 'LIST', '  list  '])('%j lists the restricted actions', async (text) => {
    const answer = await ask(text);
    expect(answer).toContain('`s3:DeleteBucket`');
    expect(answer).toContain('`s3:DeleteObject`');
  });

  it('lists what contains a text', async () => {
    expect(await ask('list object')).not.toContain('`s3:DeleteBucket`');
  });

  it('lists a thousand', async () => {
    const list = Array.from({ length: 1_000 }, (_, index) => `service${index}:Delete`).join(',');
    world.withSettings({ RESTRICTED_ACTIONS: list });
    expect(await ask('list')).toContain('1000 restricted actions');
  });

  it.each(['help', 'what?', 'constructor', '__proto__'])('%j explains the commands', async (text) => {
    expect(await ask(text)).toContain('/policy-guard doctor');
  });

  it('resume has a request taken up for an approver, and writes down who asked', async () => {
    expect(await ask('resume r-waiting')).toContain('within five minutes');
    expect(await world.ledger.readOpen('r-waiting')).toMatchObject({ soon: true });
    expect(await world.ledger.auditTrail('r-waiting')).toContainEqual(
      expect.objectContaining({ event: 'request.resume-asked', slackUserId: 'U0ADALOVE' }),
    );
  });

  it('resume tries once more what was approved and had no room, and show says so before', async () => {
    const change = aChange({ requestId: 'r-full', target: inline('full') });
    await world.ledger.record(aRequest('r-full', { change, document: pack('full'), createdAt: BEFORE }));
    await world.ledger.approve('r-full', APPROVAL);
    await world.ledger.close('r-full', 'no-room', 'There is no room.', '2026-03-01T12:06:00.000Z');
    expect(await ask('show r-full')).toContain('/policy-guard resume r-full');
    expect(await ask('resume r-full')).toContain('tried once more');
    expect(await world.ledger.readOpen('r-full')).toMatchObject({
      soon: true,
      request: { status: 'decided' },
    });
    expect(await world.ledger.auditTrail('r-full')).toContainEqual(
      expect.objectContaining({ event: 'request.reopened', slackUserId: 'U0ADALOVE' }),
    );
  });

  it('resume leaves alone what was approved once a newer request asks about the same', async () => {
    const change = aChange({ requestId: 'r-void', target: inline('void') });
    await world.ledger.record(aRequest('r-void', { change, document: pack('void'), createdAt: BEFORE }));
    await world.ledger.approve('r-void', APPROVAL);
    await world.ledger.close('r-void', 'no-room', 'There is no room.', '2026-03-01T12:06:00.000Z');
    const newer = { ...change, requestId: 'r-newer' };
    await world.ledger.record(
      aRequest('r-newer', { change: newer, document: pack('void'), createdAt: BEFORE }),
    );
    expect(await ask('resume r-void')).toContain('has ended');
    expect(await world.ledger.read('r-void')).toMatchObject({ status: 'closed' });
    await world.ledger.decide('r-newer', DENIED);
    await world.ledger.close('r-newer', 'denied', 'Denied.', '2026-03-01T12:07:00.000Z');
  });

  it('resume has nothing to do for a request that has ended, or that there is not', async () => {
    expect(await ask('resume r-done')).toContain('has ended');
    expect(await ask('resume r-unknown')).toContain('There is no request');
    expect(await ask('resume')).toContain('Which one?');
  });

  it('resume is refused to whoever is no approver, and that is written down', async () => {
    world.withSettings({ APPROVERS: 'U0GRACEHO' });
    expect(await ask('resume r-waiting')).toContain('Only approvers');
    expect(await world.ledger.auditTrail('r-waiting')).toContainEqual(
      expect.objectContaining({ event: 'request.resume-refused', slackUserId: 'U0ADALOVE' }),
    );
  });

  it('pending lists the requests that wait', async () => {
    const answer = await ask('pending');
    expect(answer).toContain('`r-waiting`');
    expect(answer).not.toContain('r-done');
  });

  it('show tells what has become of a request', async () => {
    expect(await ask('show r-done')).toContain('Approved by Robin in Slack: the grant has been put back');
    expect(await ask('show r-waiting')).toContain('🔒 my-bad-policy would grant s3:DeleteBucket');
  });

  it.each([
    ['show', 'Which one?'],
    ['show <!channel>', '`&lt;!channel&gt;`'],
    ['show r-none', 'There is no request `r-none`'],
  ])('%j says what is wrong', async (text, expected) => {
    expect(await ask(text)).toContain(expected);
  });

  it.each(['pending', 'show r-waiting'])('%s is answered in the security channel only', async (text) => {
    const answer = await ask(text, { channel_id: 'C0OTHER' });
    expect(answer).toContain('Ask in <#C0TESTING>');
    expect(answer).not.toContain('my-bad-policy');
  });

  it('says that the ledger is away', async () => {
    world.down.add('dynamodb');
    const answer = await ask('pending');
    world.down.delete('dynamodb');
    expect(answer).toContain('The ledger did not answer');
  });

  it.each([
    ['dctor', 'doctor'],
    ['PENDIGN', 'pending'],
    ['histroy', 'history'],
    ['sho', 'show'],
    ['chek s3:Get*', 'check'],
  ])('%j gets a suggestion', async (text, meant) => {
    const answer = await ask(text);
    expect(answer).toContain(`Did you mean \`${meant}\`?`);
    expect(answer).toContain('/policy-guard help');
  });

  it('suggests nothing for what is like no word of ours', async () => {
    expect(await ask('deploy')).not.toContain('Did you mean');
  });
});

describe('/policy-guard show', () => {
  it.each(['pg-abcdefghij', 'abcdefghij', 'PG-ABCDEFGHIJ', '#pg-abcdefghij', '`pg-abcdefghij`'])(
    'finds %s',
    async (id) => {
      const target = { ...INLINE, policyName: 'typed' } as typeof INLINE;
      const change = aChange({ requestId: 'pg-abcdefghij', target });
      await world.ledger.record(aRequest('pg-abcdefghij', { change }));
      expect(await ask(`show ${id}`)).toContain('`pg-abcdefghij`');
    },
  );
});

describe('/policy-guard history', () => {
  it('tells what was decided, by whom, why and after how long', async () => {
    const answer = await ask('history');
    expect(answer).toContain('*Approved by Robin in Slack: the grant has been put back*');
    expect(answer).toContain('took 4 min 56 s');
    expect(answer).toContain('cleanup');
    expect(answer).not.toContain('`r-waiting`');
  });

  it('tells as many as are asked for, the newest first', async () => {
    for (const [index, name] of ['first', 'second', 'third'].entries()) {
      const target = { ...INLINE, policyName: name } as typeof INLINE;
      await world.ledger.record(
        aRequest(`h-${name}`, { change: aChange({ requestId: `h-${name}`, target }) }),
      );
      await world.ledger.decide(`h-${name}`, { ...APPROVED, at: `2026-03-01T13:0${index}:00.000Z` });
    }
    const answer = await ask('history 2');
    expect(answer.indexOf('h-third')).toBeLessThan(answer.indexOf('h-second'));
    expect(answer).not.toMatch(/h-first|r-done/);
  });

  it('reads at most 50, and says so', async () => {
    expect(await ask('history 51')).toContain('At most 50 are read');
    expect(await ask('history 50')).not.toContain('At most');
  });

  it.each(['history all', 'history 0', 'history -1', 'history 1.5'])('%j says how to ask', async (text) => {
    expect(await ask(text)).toContain('How many?');
  });

  it('is answered in the security channel only', async () => {
    expect(await ask('history', { channel_id: 'C0OTHER' })).toContain('Ask in <#C0TESTING>');
  });
});

describe('/policy-guard check', () => {
  const POLICY = '{"Statement":[{"Sid":"Clean","Effect":"Allow","Action":"s3:Delete*","Resource":"*"}]}';

  it.each([
    ['s3:DeleteBucket', 'quarantined'],
    ['S3:deletebucket', 'quarantined'],
    ['s3:Delete*', 'quarantined'],
    ['*', 'quarantined'],
    ['`s3:DeleteBucket`', 'quarantined'],
    ['s3:GetObject, s3:DeleteObject', 'quarantined'],
    ['s3:\u200bDeleteBucket\u200b', 'quarantined'],
    ['“s3:DeleteBucket”', 'quarantined'],
    ['s3:GetObject', 'allowed'],
    ['ec2:*', 'allowed'],
  ])('%s: it would be %s', async (text, verdict) => {
    expect(await ask(`check ${text}`)).toContain(`It would be ${verdict}`);
  });

  it('names the entry that catches, and the pattern that grants it', async () => {
    world.withSettings({ RESTRICTED_ACTIONS: '@data-destruction' });
    const answer = await ask('check s3:DeleteBucket');
    expect(answer).toMatch(
      /`s3:DeleteBucket` \(@data-destruction, enforced\) – granted by `s3:DeleteBucket`\n +\w/,
    );
  });

  it.each([
    ['as it is', POLICY],
    ['in a code fence', `\`\`\`\n${POLICY}\n\`\`\``],
    ['over several lines', JSON.stringify(JSON.parse(POLICY), null, 2)],
    ['with the quotation marks of Slack', POLICY.replaceAll(/"([^"]*)"/g, '“$1”')],
    ['with the entities of Slack', POLICY.replace('Clean', '&lt;&amp;&gt;')],
    ['with spaces of no width', POLICY.replaceAll(':', ':\u200b').replace('Delete', 'Del\u2060ete')],
    [
      'with a domain of which Slack makes a link',
      POLICY.replace('Clean', '<http://sts.example.com|sts.example.com>'),
    ],
    ['with an address of which Slack makes a link', POLICY.replace('Clean', '<https://example.com/a?b=c>')],
    [
      'with a mail address of which Slack makes a link',
      POLICY.replace('Clean', '<mailto:a@b.example|a@b.example>'),
    ],
  ])('judges a policy that was pasted %s', async (_, pasted) => {
    const answer = await ask(`check ${pasted}`);
    expect(answer).toContain('It would be quarantined');
    expect(answer).toMatch(/granted by `s3:Delete\*` in statement 0 \(Sid .+\)/);
    expect(answer).not.toContain("can't be read");
  });

  it('says that a harmless policy would be allowed', async () => {
    expect(await ask(`check ${POLICY.replace('Delete', 'Get')}`)).toContain('It would be allowed');
  });

  it('says why a policy cannot be read, which counts as restricted', async () => {
    const answer = await ask('check {"Statement": [');
    expect(answer).toContain('It would be quarantined');
    expect(answer).toContain('it is not JSON');
  });

  it('says that nothing would be touched where MODE is observe', async () => {
    world.withSettings({ MODE: 'observe' });
    const answer = await ask('check s3:DeleteBucket');
    expect(answer).toContain('It would be reported, and not touched');
    expect(answer).toContain('MODE=observe');
  });

  it.each(['check', 'check hello', 'check what is this'])('%j says what can be checked', async (text) => {
    expect(await ask(text)).toContain('/policy-guard check s3:DeleteBucket');
  });

  it('stores nothing', async () => {
    const before = await world.ledger.recentAudit(100);
    await ask(`check ${POLICY}`);
    expect(await world.ledger.recentAudit(100)).toEqual(before);
  });
});

describe('who is answered', () => {
  const WORDS = ['list', 'check s3:*', 'pending', 'show r-waiting', 'history', 'doctor', 'help'];
  /** Deactivated, a bot, of a partner in a shared channel, a guest. */
  const STRANGERS = ['U0DEEPART', 'U0BOTBOTX', 'U0XENAEXT', 'U0GUESTGU'];

  it.each(WORDS.flatMap((text) => STRANGERS.map((user) => [text, user])))(
    '%s: not %s',
    async (text, user) => {
      const answer = await ask(text, { user_id: user });
      expect(answer).toContain('full members of this workspace only');
      expect(answer).not.toMatch(/r-waiting|s3:|doctor/);
    },
  );

  it.each(WORDS.slice(0, 5))('%s: nobody while Slack cannot be asked', async (text) => {
    world.slack.answers.set('users.info', () => ({ error: 'internal_error' }));
    const answer = await ask(text);
    expect(answer).toContain('Slack could not be asked who you are');
    expect(answer).not.toMatch(/r-waiting|s3:/);
  });

  it.each([
    ['help', '/policy-guard doctor'],
    ['doctor', 'Slack token'],
  ])('%s answers all the same, and says so', async (text, expected) => {
    world.slack.answers.set('users.info', () => ({ error: 'internal_error' }));
    const answer = await ask(text);
    expect(answer).toContain(expected);
    expect(answer).toContain('Slack could not be asked who you are');
  });
});

describe('with 1,000 restricted actions and more past requests than any list reads', () => {
  const ACTIONS = 1_000;
  const PAST = 400;
  /** Calls of the ledger, some 10 ms each: Slack waits 3 s. */
  const FEW = 4;
  /** Requests in the two lists of the details, which are read at once. */
  const LISTED = 2 * 21;
  let crowded: World;
  beforeAll(async () => {
    crowded = await startWorld();
    const list = Array.from({ length: ACTIONS }, (_, index) => `service${index}:Delete*`).join(',');
    crowded.withSettings({ RESTRICTED_ACTIONS: list });
    await Promise.all(
      Array.from({ length: 20 }, async (_, lane) => {
        for (let index = lane; index < PAST; index += 20) {
          const target = { ...INLINE, policyName: `policy-${index}` } as typeof INLINE;
          const id = `past-${index}`;
          await crowded.ledger.record(aRequest(id, { change: aChange({ requestId: id, target }) }));
          if (index % 2 === 0) continue;
          await crowded.ledger.decide(id, { ...APPROVED, reason: 'Because. '.repeat(60) });
          await crowded.ledger.close(id, 'approved', 'It is in force again.', '2026-03-01T12:06:00.000Z');
        }
      }),
    );
  });
  afterAll(() => crowded.stop());

  it.each([
    'list',
    'list service9',
    'check *',
    'check service7:DeleteAll',
    'pending',
    'show past-1',
    'history 50',
    'help',
  ])('%s is answered with few calls and within the limits of Slack', async (text) => {
    const before = crowded.ledgerCalls();
    const { body } = await crowded.command(text);
    expect(crowded.ledgerCalls() - before).toBeLessThanOrEqual(FEW);
    expect(blockKitProblems((JSON.parse(body) as { blocks: unknown }).blocks, 'message')).toEqual([]);
  });

  it('App Home is too', async () => {
    const before = crowded.ledgerCalls();
    await crowded.openHome();
    // Three lists, two of them of requests, whose contents each take one more call.
    expect(crowded.ledgerCalls() - before).toBeLessThanOrEqual(3 + 2);
    const view = crowded.slack.callsOf('views.publish')[0]?.view as Record<string, unknown>;
    expect(homeProblems(view)).toEqual([]);
    expect(allText(view)).toContain('More requests wait than were read');
  });

  it('the details are too, and count what they do not show', async () => {
    const before = crowded.ledgerCalls();
    await crowded.click('details', 'past-1');
    expect(crowded.ledgerCalls() - before).toBeLessThanOrEqual(FEW + LISTED);
    const view = crowded.slack.callsOf('views.open')[0]?.view as Record<string, unknown>;
    expect(modalProblems(view)).toEqual([]);
    expect(allText(view)).toContain('others or more');
  });
});

describe('/policy-guard doctor', () => {
  it('finds that all is well', async () => {
    world.withSettings({ APPROVERS: 'U0ADALOVE,U0GRACEHO,U0DANALEE', ADMIN_EMAIL: 'security@example.com' });
    const at = new Date().toISOString();
    await world.ledger.storeSweepState({ firstRunAt: at, completeAt: at, found: 0 });
    const answer = await ask('doctor');
    expect(answer).toContain('All is well');
    expect(answer).toMatch(/✅ \*E-mail:\*/);
    expect(answer).toMatch(/✅ \*Slack token:\*/);
    expect(answer).toMatch(/✅ \*Slack channel:\*/);
    expect(answer).toMatch(/✅ \*Event rule:\*/);
    expect(answer).toMatch(/✅ \*Changes:\* The latest came on/);
    expect(answer).toMatch(/✅ \*Ledger:\*/);
    expect(answer).toMatch(/✅ \*Sweep:\* The last complete one was on/);
    expect(answer).toMatch(/✅ \*Approvers:\* All can be read: 3 in all/);
  });

  it.each([
    ['a guest', { APPROVERS: 'U0ADALOVE,U0GUESTGU' }, 'U0GUESTGU never counts: it is a guest'],
    ['somebody whom Slack does not know', { APPROVERS: 'U0NOBODY' }, 'U0NOBODY: Slack does not show it'],
    ['an empty group', { APPROVERS: 'S0EMPTY' }, 'the user group S0EMPTY is empty'],
    ['a group that is none', { APPROVERS: 'S0NONE' }, 'S0NONE: Slack does not show it (no_such_subteam)'],
    ['too few', { APPROVERS: 'U0ADALOVE', APPROVALS_REQUIRED: '2' }, 'nothing can be approved'],
  ])('finds among the approvers %s', async (_, settings, expected) => {
    world.withSettings(settings);
    world.slack.answers.set('usergroups.users.list', ({ args }) =>
      args.usergroup === 'S0EMPTY' ? { users: [] } : { error: 'no_such_subteam' },
    );
    const text = await ask('doctor');
    expect(text).toMatch(/❌ \*Approvers:\*/);
    expect(text).toContain(expected);
  });

  it('works in any channel, because the configured one may be wrong', async () => {
    expect(await ask('doctor', { channel_id: 'C0OTHER' })).toContain('Slack channel');
  });

  it('tries the channel where only the person who asked can see it', async () => {
    world.slack.calls.length = 0;
    await ask('doctor');
    expect(world.slack.callsOf('chat.postEphemeral')).toMatchObject([
      { channel: 'C0TESTING', user: 'U0ADALOVE' },
    ]);
    expect(world.slack.callsOf('chat.postMessage')).toEqual([]);
  });

  it.each([
    ['auth.test', { error: 'token_revoked' }, 'Slack refuses it (token_revoked)'],
    ['auth.test', { team_id: 'T0OTHER', scopes: SCOPES }, 'workspace T0OTHER'],
    ['auth.test', { team_id: TEAM, scopes: ['chat:write'] }, 'users:read.email'],
    ['chat.postEphemeral', { error: 'not_in_channel' }, '/invite @Policy Guard'],
    ['chat.postEphemeral', { error: 'channel_not_found' }, 'correct SLACK_CHANNEL'],
    ['chat.postEphemeral', { error: 'user_not_in_channel' }, 'Join the channel'],
    ['chat.postEphemeral', { error: 'is_archived' }, 'is archived'],
    ['chat.postEphemeral', { error: 'restricted_action' }, 'restricted_action'],
    ['auth.test', { status: 503 }, '❔ *Slack token:*'],
  ])('says what is wrong when %s answers %j', async (method, answer, expected) => {
    world.slack.answers.set(method, () => answer);
    const text = await ask('doctor');
    expect(text).toContain(expected);
    expect(text).toContain('To mend it');
  });

  it('says that nobody gets e-mails from an address that is not subscribed', async () => {
    world.withSettings({ ADMIN_EMAIL: 'somebody-else@example.com' });
    expect(await ask('doctor')).toContain('The address in ADMIN_EMAIL is not subscribed');
  });

  it('says which table is missing', async () => {
    world.withSettings({ TABLE_NAME: 'no-such-table' });
    expect(await ask('doctor')).toContain('❌ *Ledger:* There is no table no-such-table');
  });

  it('is answered though nothing else answers', async () => {
    for (const service of ['dynamodb', 'sns', 'events'] as const) world.down.add(service);
    for (const method of ['auth.test', 'chat.postEphemeral', 'users.info']) {
      world.slack.answers.set(method, () => 'never');
    }
    world.withSettings({}, { slackMs: 50, checkMs: 100 });
    const text = await ask('doctor');
    world.down.clear();
    // On a busy machine 100 ms may be too short for what does answer, too.
    const unknown = [...text.matchAll(/❔ \*(.+?):\*/g)].map(([, name]) => name);
    expect(unknown).toEqual(
      expect.arrayContaining([
        ...['Slack token', 'Slack channel', 'Approvers', 'E-mail'],
        ...['Event rule', 'Changes', 'Sweep', 'Ledger'],
      ]),
    );
  });
});
