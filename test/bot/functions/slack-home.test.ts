import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { allText, homeProblems } from '../../support/block-kit.ts';
import { APPROVED, aChange, aRequest, INLINE } from '../../support/requests.ts';
import { type PersonId, signedJson, startWorld, TEAM, type World } from './slack-world.ts';

const BY_DANA = { status: 'matched', slackUserId: 'U0DANALEE', by: 'email' } as const;
const PERMALINK = 'https://testing.slack.com/archives/C0TESTING/p1772366404000100';

let world: World;
beforeAll(async () => {
  world = await startWorld();
  const { ledger } = world;
  await ledger.record(aRequest('late', { expiresAt: '2026-03-04T12:00:00.000Z', requester: BY_DANA }));
  await ledger.storeSlackMessage('late', { channel: 'C0TESTING', ts: '1.2', permalink: PERMALINK });
  const soon = aChange({ requestId: 'soon', target: INLINE });
  await ledger.record(aRequest('soon', { change: soon, expiresAt: '2026-03-03T12:00:00.000Z' }));
  const third = { ...INLINE, policyName: 'third' } as typeof INLINE;
  await ledger.record(aRequest('done', { change: aChange({ requestId: 'done', target: third }) }));
  await ledger.decide('done', { ...APPROVED, reason: 'For the migration.' });
  await ledger.close('done', 'approved', 'It is in force again.', '2026-03-01T12:06:00.000Z');
});
afterAll(() => world.stop());
beforeEach(() => {
  world.withSettings({});
  world.down.clear();
  world.slack.calls.length = 0;
  world.slack.answers.clear();
});

/** What the person sees after opening App Home. */
async function home(user: PersonId = 'U0ADALOVE'): Promise<string> {
  expect((await world.openHome(user)).statusCode).toBe(200);
  const [published] = world.slack.callsOf('views.publish');
  expect(published?.user_id).toBe(user);
  expect(homeProblems(published?.view as Record<string, unknown>)).toEqual([]);
  return allText(published?.view);
}

const buttons = () => {
  const { view } = world.slack.callsOf('views.publish')[0] as { view: { blocks: Block[] } };
  return view.blocks.flatMap(({ elements = [] }) => elements).filter(({ type }) => type === 'button');
};
type Block = { elements?: { type: string; action_id: string; value?: string; url?: string }[] };

describe('App Home of an approver', () => {
  it('lists what waits for them, the next to expire first', async () => {
    const text = await home();
    expect(text).toContain('Waiting for you: 2');
    expect(text.indexOf('`soon`')).toBeGreaterThan(0);
    expect(text.indexOf('`soon`')).toBeLessThan(text.indexOf('`late`'));
  });

  it('leads to the details, and to the message where its address is known', async () => {
    await home();
    const found = buttons().map(({ action_id, value, url }) => [action_id, value ?? url]);
    expect(found).toEqual([
      ['details', 'soon'],
      ['details', 'late'],
      ['home_open_message', PERMALINK],
      ['home_refresh', undefined],
    ]);
  });

  it('marks their own changes, and does not count them as waiting for them', async () => {
    expect(await home('U0DANALEE')).toMatch(/\*Your own change\*[^\n]*`late`/);
    expect(await home('U0DANALEE')).toContain('Waiting for you: 0');
  });

  it('tells the latest decisions, with by whom and why', async () => {
    const text = await home();
    expect(text).toContain('Approved by Robin in Slack: the grant has been put back');
    expect(text).toContain('> For the migration.');
  });

  it('tells the mode and the settings that matter', async () => {
    world.withSettings({
      ...{ APPROVERS: 'U0ADALOVE,S0SECURITY', APPROVALS_REQUIRED: '2', BREAK_GLASS: 'true' },
      ...{ EMAIL_LINKS: 'deny-only', ADMIN_EMAIL: 'admin@example.com', ATTACHMENTS: 'always-ask' },
      EXEMPT_REQUESTERS: 'arn:aws:iam::123456789012:role/deployer until 2999-12-31: the pipeline',
    });
    const text = await home();
    expect(text).toContain('*Mode:* enforce');
    expect(text).toContain('<@U0ADALOVE> and <!subteam^S0SECURITY>');
    expect(text).toContain('*Approvals needed*\n2 approvers');
    expect(text).toContain('*Break glass*\nOn');
    expect(text).toContain('*E-mail links*\nMay deny only');
    expect(text).toContain('*Reminders*\nAfter 1 h');
    expect(text).toContain('After 12 h, to admin@example.com');
    expect(text).toContain('*Requests expire*\nAfter 1 d');
    expect(text).toContain('*Attaching policies*\nAlways asked about');
    expect(text).toContain('*Restricted*\n2 actions and patterns');
    expect(text).toContain('`arn:aws:iam::123456789012:role/deployer` until 2999-12-31: the pipeline');
  });

  it('is loud while nothing is quarantined', async () => {
    world.withSettings({ MODE: 'observe' });
    expect(await home()).toContain('⚠️ MODE=observe: nothing is quarantined');
  });

  it('is made anew by its button', async () => {
    await world.clickInView('home_refresh', '', { user: 'U0GRACEHO' });
    expect(world.slack.callsOf('views.publish')).toMatchObject([{ user_id: 'U0GRACEHO' }]);
  });

  it('answers the click on a link, so that Slack shows no warning', async () => {
    const { statusCode } = await world.clickInView('home_open_message', '');
    expect(statusCode).toBe(200);
  });

  it('says what could not be read', async () => {
    world.down.add('dynamodb');
    const text = await home();
    expect(text).toContain('it is not known what waits');
    expect(text).toContain('so they are not known');
    expect(text).toContain('*Approvers*');
  });
});

describe('App Home of others', () => {
  beforeEach(() => world.withSettings({ APPROVERS: 'U0ADALOVE' }));

  it('tells a member of their own requests and the mode, and of nothing else', async () => {
    const text = await home('U0DANALEE');
    expect(text).toContain('`late`');
    expect(text).toContain('*Mode:* enforce');
    expect(text).not.toMatch(/`soon`|`done`|Settings/);
    expect(buttons().map(({ action_id }) => action_id)).toEqual(['home_open_message', 'home_refresh']);
  });

  it('tells a member without requests that nothing waits', async () => {
    expect(await home('U0GRACEHO')).toContain('Nothing waits.');
  });

  it('is one sentence for a guest', async () => {
    const text = await home('U0GUESTGU');
    expect(text).toContain('full members of the workspace only');
    expect(text).not.toMatch(/`late`|Mode/);
  });

  it('shows nothing while Slack cannot be asked who somebody is', async () => {
    world.slack.answers.set('users.info', () => ({ error: 'internal_error' }));
    const text = await home();
    expect(text).toContain('Slack could not be asked who you are');
    expect(text).not.toContain('`late`');
  });

  it('says that it could not be found out who is an approver', async () => {
    world.withSettings({ APPROVERS: 'S0SECURITY' });
    world.slack.answers.set('usergroups.users.list', () => ({ error: 'internal_error' }));
    const text = await home('U0DANALEE');
    expect(text).toContain('could not be asked whether you are an approver');
    expect(text).not.toContain('`soon`');
  });
});

describe('the Events API', () => {
  it('answers the challenge by which Slack verifies the address', async () => {
    const challenge = { type: 'url_verification', token: 'x', challenge: 'c0ffee' };
    expect(await world.invoke(signedJson(challenge))).toMatchObject({
      statusCode: 200,
      body: '{"challenge":"c0ffee"}',
    });
  });

  it('answers no challenge that Slack did not sign', async () => {
    const challenge = { type: 'url_verification', challenge: 'c0ffee' };
    expect(await world.invoke(signedJson(challenge, { secret: 'another' }))).toEqual({
      statusCode: 401,
      body: '',
    });
  });

  it.each([
    ['another workspace', { team_id: 'T0OTHER' }],
    ['no workspace', { team_id: undefined }],
    ['a whole organisation', { authorizations: [{ team_id: TEAM, is_enterprise_install: true }] }],
  ])('of %s is refused and audited', async (_, overrides) => {
    expect((await world.openHome('U0ADALOVE', overrides)).statusCode).toBe(403);
    expect(world.slack.calls).toEqual([]);
    const [entry] = await world.ledger.recentAudit(1);
    expect(entry).toMatchObject({ event: 'workspace.refused', slackUserId: 'U0ADALOVE' });
  });

  it('may come twice', async () => {
    const headers = { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' };
    const event = { type: 'app_home_opened', user: 'U0ADALOVE', channel: 'D0', tab: 'home', event_ts: '1.2' };
    const retried = signedJson({ type: 'event_callback', team_id: TEAM, event }, { headers });
    expect((await world.invoke(retried)).statusCode).toBe(200);
    expect(world.slack.callsOf('views.publish')).toHaveLength(1);
  });

  it.each([
    ['the tab with messages', { type: 'app_home_opened', user: 'U0ADALOVE', tab: 'messages' }],
    ['an event that nobody listens to', { type: 'app_uninstalled' }],
  ])('needs nothing for %s', async (_, event) => {
    expect((await world.openHome('U0ADALOVE', { event })).statusCode).toBe(200);
    expect(world.slack.calls).toEqual([]);
  });

  it('is answered when the Home cannot be shown', async () => {
    world.slack.answers.set('views.publish', () => ({ error: 'internal_error' }));
    expect((await world.openHome()).statusCode).toBe(200);
  });

  it('is answered though nothing else answers', async () => {
    world.withSettings({}, { slackMs: 50 });
    world.slack.answers.set('users.info', () => 'never');
    world.slack.answers.set('views.publish', () => 'never');
    expect((await world.openHome()).statusCode).toBe(200);
  });
});
