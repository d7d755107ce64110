import { describe, expect, it } from 'vitest';
import { pack } from '../../../workflow/inspection/packed-document.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { allText, modalProblems } from '../../support/block-kit.ts';
import { APPROVED, aChange, aRequest, INLINE } from '../../support/requests.ts';
import { world } from './each-slack-world.ts';
import type { PersonId } from './slack-world.ts';

async function waiting(overrides: Partial<ApprovalRequest> = {}): Promise<void> {
  await world.ledger.record(aRequest('r1', overrides));
}

type View = Record<string, unknown>;
const opened = () => world.slack.callsOf('views.open').map(({ view }) => view as View);
const updated = () => world.slack.callsOf('views.update').map(({ view }) => view as View);
const told = () => world.slack.told.map((message) => allText(message.blocks));

/** The buttons of a view, by their text, with the page that each leads to. */
function buttons({ blocks }: View): Map<string, { action_id: string; value: string }> {
  const elements = (blocks as { elements?: View[] }[]).flatMap((block) => block.elements ?? []);
  return new Map(
    elements
      .filter(({ type }) => type === 'button')
      .map((each) => [(each.text as { text: string }).text, each as { action_id: string; value: string }]),
  );
}

/** Clicks a button of the modal that is shown, as Slack would send it. */
async function press(text: string, user: PersonId = 'U0ADALOVE'): Promise<View> {
  const view = world.slack.workspace.views.modals().at(-1);
  const button = view && buttons(view.view).get(text);
  if (button === undefined) throw new Error(`There is no button ${text}.`);
  await world.clickInView(button.action_id, button.value, { user, view });
  return updated().at(-1) as View;
}

describe('the details of a request', () => {
  it('open on the overview, with buttons for every part', async () => {
    await waiting();
    await world.click('details', 'r1');
    const [view] = opened();
    expect(modalProblems(view as View)).toEqual([]);
    expect(allText(view)).toContain('which grants s3:DeleteBucket');
    expect([...buttons(view as View).keys()]).toEqual(['Overview', 'Policy', 'Difference', 'Event', 'Next']);
  });

  it('lead to the policy, the execution and the event in the AWS console', async () => {
    await waiting();
    await world.click('details', 'r1');
    const text = allText(opened()[0]);
    expect(text).toMatch(/<https:\/\/console\.aws\.amazon\.com\/iam\/home#\/policies[^>]*\|the policy>/);
    expect(text).toMatch(/<https:\/\/console\.aws\.amazon\.com\/states\/[^>]*\|the execution>/);
    expect(text).toContain(
      '<https://console.aws.amazon.com/cloudtrailv2/home?region=us-east-1#/events?EventId=6b6d5d4e-9a5e-4d4c-8a9b-0f7d6e5c4b3a|the CloudTrail event>',
    );
  });

  it('say what the policy is attached to, and who has approved', async () => {
    await waiting({ surroundings: { attachedTo: ['user/alice', 'role/deployer'] }, approvalsNeeded: 2 });
    const vote = {
      by: { name: 'Grace', slackUserId: 'U0GRACEHO' },
      via: 'slack',
      at: '2026-03-01T12:01:00Z',
    };
    await world.ledger.approve('r1', { ...vote, via: 'slack', reason: 'Fine.' });
    await world.click('details', 'r1');
    const text = allText(opened()[0]);
    expect(text).toContain('`user/alice`, `role/deployer`');
    expect(text).toContain('2 approvals are needed, 1 is there (Grace), 1 missing');
    expect(text).toContain('Fine.');
  });

  it('say that what it is attached to could not be read', async () => {
    await waiting();
    await world.click('details', 'r1');
    expect(allText(opened()[0])).toContain('could not be read what the policy is attached to');
  });

  it('list earlier requests for the same policy and by the same requester, with what became of them', async () => {
    await world.ledger.record(aRequest('r0', { document: pack('{}') }));
    await world.ledger.decide('r0', { ...APPROVED, reason: 'For the migration.' });
    await world.ledger.close('r0', 'approved', 'It is in force again.', '2026-03-01T12:06:00.000Z');
    await world.ledger.record(aRequest('r-inline', { change: aChange({ target: INLINE }) }));
    await waiting();
    await world.click('details', 'r1');
    const text = allText(opened()[0]);
    const [samePolicy, sameRequester] = text.split('Other requests by the same requester') as [
      string,
      string,
    ];
    expect(samePolicy).toContain('Approved by Robin in Slack');
    expect(samePolicy).toContain('For the migration.');
    expect(samePolicy).not.toContain('r-inline');
    expect(sameRequester).toContain('r-inline');
    expect(sameRequester).toContain('`r0`');
  });

  it('show at most five earlier requests and count the others', async () => {
    for (let index = 0; index < 8; index++) {
      await world.ledger.record(aRequest(`old${index}`, { document: pack(`{"n":${index}}`) }));
    }
    await waiting();
    await world.click('details', 'r1');
    expect(allText(opened()[0])).toContain('… and 3 others.');
  });
});

describe('the pages of the details', () => {
  it('show the document, the statement that grants something first', async () => {
    await waiting({
      document: pack(
        '{"Statement":[{"Sid":"Reads","Effect":"Allow","Action":"s3:Get*","Resource":"*"},{"Sid":"Deletes","Effect":"Allow","Action":"s3:DeleteBucket","Resource":"*"}]}',
      ),
      inspection: {
        findings: [
          {
            ...{ restricted: 's3:DeleteBucket', grantedBy: 's3:DeleteBucket', statement: 1 },
            ...{ resources: ['*'], conditional: false },
          },
        ],
        total: 1,
      },
    });
    await world.click('details', 'r1');
    const text = allText(await press('Policy'));
    expect(text).toMatch(/▶ +"Action": "s3:DeleteBucket"/);
    expect(text.indexOf('Deletes')).toBeLessThan(text.indexOf('Reads'));
    expect(text).toContain('The order was changed');
  });

  it('show the difference to what was in force before', async () => {
    const before =
      '{"Statement":[{"Sid":"AllowDelete","Effect":"Allow","Action":"s3:GetObject","Resource":"*"}]}';
    await waiting({ surroundings: { before: { label: 'version v0', document: pack(before) } } });
    await world.click('details', 'r1');
    const text = allText(await press('Difference'));
    expect(text).toContain('version v0');
    expect(text).toMatch(/- +"Action": "s3:GetObject"/);
    expect(text).toMatch(/\+ +"Action": "s3:DeleteBucket"/);
  });

  it('show the CloudTrail event, without the document that stands in it', async () => {
    const event = {
      eventID: 'e1',
      requestParameters: { policyName: 'p', policyDocument: '{"Statement":[]}' },
    };
    await waiting({ event: pack(JSON.stringify(event)) });
    await world.click('details', 'r1');
    const text = allText(await press('Event'));
    expect(text).toContain('"policyName": "p"');
    expect(text).toContain('(the policy document: see Policy)');
    expect(text).not.toContain('Statement');
  });

  it('turn one by one to the last, and back', async () => {
    await waiting();
    await world.click('details', 'r1');
    expect(allText(await press('Next'))).toContain('*Policy*');
    expect(allText(await press('Next'))).toContain('*Difference*');
    const last = await press('Next');
    expect(allText(last)).toContain('*Event*');
    expect(buttons(last).has('Next')).toBe(false);
    expect(allText(await press('Previous'))).toContain('*Difference*');
  });

  it('hold a document as long as the API takes, page by page, and lose nothing of it', async () => {
    const actions = Array.from({ length: 5_000 }, (_, index) => `"service:Action${index}&"`);
    const document = `{"Statement":[{"Effect":"Allow","Action":[${actions.join(',')}],"Resource":"*"}]}`;
    await waiting({ document: pack(document) });
    await world.click('details', 'r1');
    let text = '';
    for (let view = await press('Policy'); allText(view).includes('*Policy*'); view = await press('Next')) {
      expect(modalProblems(view)).toEqual([]);
      text += allText(view);
    }
    expect(text).toMatch(/page 2 of \d+/);
    expect(text.match(/service:Action\d+&amp;/g)).toHaveLength(5_000);
  });

  it('say so when the ledger is away', async () => {
    await waiting();
    await world.click('details', 'r1');
    world.down.add('dynamodb');
    await press('Policy');
    world.down.clear();
    expect(allText(world.slack.callsOf('views.push')[0]?.view)).toContain('could not be shown just now');
  });
});

describe('who sees the details', () => {
  it('an approver on App Home', async () => {
    await waiting();
    await world.clickInView('details', 'r1');
    expect(allText(opened()[0])).toContain('my-bad-policy');
  });

  it.each<[string, PersonId, string]>([
    ['a member who is no approver', 'U0DANALEE', 'and to approvers'],
    ['a guest', 'U0GUESTGU', 'and to approvers'],
  ])('not %s on App Home', async (_, user, why) => {
    world.withSettings({ APPROVERS: 'U0ADALOVE' });
    await waiting();
    await world.clickInView('details', 'r1', { user });
    expect(opened()).toHaveLength(1);
    expect(allText(opened()[0])).toContain(why);
    expect(allText(opened()[0])).not.toContain('my-bad-policy');
  });

  it('nobody outside the channel while Slack cannot be asked', async () => {
    await waiting();
    world.slack.answers.set('users.info', () => ({ error: 'internal_error' }));
    await world.clickInView('details', 'r1');
    expect(allText(opened()[0])).toContain('Slack could not be asked');
  });

  it('a full member in the security channel', async () => {
    world.withSettings({ APPROVERS: 'U0ADALOVE' });
    await waiting();
    await world.click('details', 'r1', { user: 'U0DANALEE' });
    expect(allText(opened()[0])).toContain('my-bad-policy');
  });

  it.each<[string, object]>([
    ['a guest', { is_restricted: true }],
    ['an external member', { is_stranger: true }],
    ['a bot', { is_bot: true }],
    ['somebody deactivated', { deleted: true }],
    ['somebody of another workspace', { team_id: 'T0OTHER' }],
  ])('not %s in the security channel', async (_, change) => {
    await waiting();
    world.profiles(change);
    await world.click('details', 'r1');
    expect(opened()).toEqual([]);
    expect(told()[0]).toContain('members of the workspace in the security channel');
  });

  it('nobody in the security channel while Slack cannot be asked', async () => {
    await waiting();
    world.slack.answers.set('users.info', () => ({ error: 'internal_error' }));
    await world.click('details', 'r1');
    expect(opened()).toEqual([]);
    expect(told()[0]).toContain('Slack could not be asked who you are');
  });

  it('nobody any more who is no member when they turn the page', async () => {
    await waiting();
    await world.click('details', 'r1');
    world.profiles({ deleted: true });
    await press('Next');
    expect(updated()).toEqual([]);
    expect(allText(world.slack.callsOf('views.push')[0]?.view)).toContain('members of the workspace');
  });

  it('a member in the channel on every page, though they are no approver', async () => {
    world.withSettings({ APPROVERS: 'U0ADALOVE' });
    await waiting();
    await world.click('details', 'r1', { user: 'U0DANALEE' });
    await press('Next', 'U0DANALEE');
    expect(updated()).toHaveLength(1);
  });

  it.each<[string, { user?: PersonId; payload?: object }, string]>([
    ['elsewhere', { user: 'U0GUESTGU', payload: { channel: { id: 'C0OTHER' } } }, 'security channel'],
    ['of an unknown request', {}, 'not known'],
  ])('%s it is refused, privately', async (_, click, why) => {
    await world.click('details', 'r-unknown', click);
    expect(opened()).toEqual([]);
    expect(told()[0]).toContain(why);
  });

  it('and hears of it when Slack does not open the modal', async () => {
    await waiting();
    world.slack.answers.set('views.open', () => ({ error: 'expired_trigger_id' }));
    expect((await world.click('details', 'r1')).statusCode).toBe(200);
    expect(told()[0]).toContain('could not be shown');
  });
});
