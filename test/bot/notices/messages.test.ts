import { describe, expect, it } from 'vitest';
import { pendingMessage } from '../../../bot/app/commands/pending.ts';
import { requestRecordMessage } from '../../../bot/app/commands/show.ts';
import { denyView } from '../../../bot/app/views/reason-modal.ts';
import { doctorMessage } from '../../../bot/doctor/message.ts';
import type { Message } from '../../../bot/media/slack/blocks/types.ts';
import { describeChange } from '../../../bot/media/wording/describe-change.ts';
import {
  type DescribedOutcome,
  describeOutcome,
  type EndedRequest,
} from '../../../bot/media/wording/describe-outcome.ts';
import { describeRequest } from '../../../bot/media/wording/describe-request.ts';
import { coveredMessage } from '../../../bot/notices/covered/tell.ts';
import { groupMessage } from '../../../bot/notices/group/message.ts';
import { decidedMessage, outcomeMessage, outcomeReply } from '../../../bot/notices/outcome/message.ts';
import { requestMessage } from '../../../bot/notices/request/message.ts';
import type { Finding } from '../../../workflow/inspection/finding.ts';
import type { ApprovalRequest, Vote } from '../../../workflow/ledger/request.ts';
import { allText } from '../../support/block-kit.ts';
import { APPROVED, aChange, aRequest } from '../../support/requests.ts';

const REQUEST = aRequest('r1a2b3c4d5e6', {
  inspection: {
    findings: [
      {
        restricted: 's3:DeleteBucket',
        grantedBy: 's3:Delete*',
        statement: 2,
        sid: 'CleanUp',
        resources: ['arn:aws:s3:::a', 'arn:aws:s3:::b', 'arn:aws:s3:::c', 'arn:aws:s3:::d', 'arn:aws:s3:::e'],
        conditional: true,
        condition: '{"Bool":{"aws:MultiFactorAuthPresent":"true"}}',
        set: '@data-destruction',
        why: 'A deleted bucket loses its name to whoever takes it next.',
      },
    ],
    total: 8,
  },
});

const ENDED: EndedRequest = {
  ...REQUEST,
  status: 'closed',
  decision: { ...APPROVED, reason: 'Agreed in OPS-12' },
  outcome: 'approved',
  outcomeDetail: 'Version v1 is in force again.',
  closedAt: '2026-03-01T12:05:02.000Z',
};

const OPTIONS = {
  now: new Date('2026-03-01T13:00:00.000Z'),
  schedule: { reminderSeconds: 3_600, adminEmailSeconds: 43_200 },
  adminEmail: true,
  breakGlass: false,
};

const shown = ({ blocks }: Message) => allText(blocks);
const buttons = ({ blocks }: Message) =>
  blocks.flatMap((block) => (block.type === 'actions' ? block.elements : [])) as {
    action_id: string;
    value: string;
    style?: string;
  }[];

describe('the message of a request', () => {
  const message = requestMessage(describeRequest(REQUEST), OPTIONS);

  it.each([
    ['who', '`dana@example.com (Identity Center, role Developer)`'],
    ['what was done', 'created the policy my-bad-policy'],
    ['the policy', 'my-bad-policy, version v1'],
    ['its ARN', '`arn:aws:iam::123456789012:policy/my-bad-policy`'],
    ['a link to it in the console', '<https://console.aws.amazon.com/iam/home#/policies/details/arn%3Aaws'],
    ['the account', '`123456789012`'],
    ['when', '<!date^1772366400^'],
    ['how long the grant was in force', '*Was in force for*\n3 s'],
    ['the restricted action', '`s3:DeleteBucket`'],
    ['the pattern that grants it', 'granted by `s3:Delete*`'],
    ['the statement', 'statement 2 (Sid CleanUp)'],
    ['the resources, capped', '`arn:aws:s3:::a`, `arn:aws:s3:::b`, `arn:aws:s3:::c` and 2 more'],
    ['the condition', '`{"Bool":{"aws:MultiFactorAuthPresent":"true"}}`'],
    ['the named set', '@data-destruction'],
    ['why it is dangerous', 'A deleted bucket loses its name'],
    ['how many findings there are beside', '… and 7 more.'],
    ['what is in force instead', 'v2, a placeholder that grants nothing'],
    ['when it expires', '*Expires*\nin 23 h\n<!date^1772452804^'],
    [
      'what happens while nobody decides',
      'Reminders after 1 h, 3 h, 7 h, 15 h · e-mail to the administrator after 12 h · expires in 23 h',
    ],
    ['the request id', '`r1a2b3c4d5e6`'],
    ['what approving does', 'Version v1 is put back in force'],
    ['what denying does', 'Version v1 is deleted for good'],
  ])('says %s', (_, text) => {
    expect(shown(message)).toContain(text);
  });

  it('has its three buttons, which carry the request id and nothing else', () => {
    expect(buttons(message).map(({ action_id, style, value }) => [action_id, style, value])).toEqual([
      ['approve', 'primary', 'r1a2b3c4d5e6'],
      ['deny', 'danger', 'r1a2b3c4d5e6'],
      ['details', undefined, 'r1a2b3c4d5e6'],
    ]);
  });

  it('has an approval confirmed, saying what it does', () => {
    expect(buttons(message)[0]).toMatchObject({
      confirm: {
        text: {
          text: 'Version v1 is put back in force, exactly as reviewed, and the placeholder is deleted.',
        },
        confirm: { text: 'Approve' },
        deny: { text: 'Cancel' },
      },
    });
  });

  it('says of who made it that they may break the glass, where the setting is on', () => {
    const requester = { status: 'matched', slackUserId: 'U0DANA', by: 'email' } as const;
    const view = describeRequest({ ...REQUEST, requester });
    expect(shown(requestMessage(view, { ...OPTIONS, breakGlass: true }))).toContain(
      '<@U0DANA> made this change and may approve it only as an approver who breaks the glass.',
    );
  });

  it('says how bad it is in words, where the list says so', () => {
    const [finding] = REQUEST.inspection.findings;
    const findings = [{ ...(finding as Finding), severity: 'critical' as const }];
    const bad = requestMessage(describeRequest({ ...REQUEST, inspection: { findings, total: 1 } }), OPTIONS);
    expect(shown(bad)).toContain('Held · CRITICAL: my-bad-policy');
    expect(shown(bad)).toContain('*CRITICAL* `s3:DeleteBucket`');
    expect(bad.text).toContain('Severity critical');
  });

  it.each<[string, Partial<ApprovalRequest>, string]>([
    [
      'why it needs a second approver',
      { approvalsNeeded: 2, requester: { status: 'unmatched', why: 'No Slack user has the address x@y' } },
      '*Needs 2 approvers:* the requester is not known in Slack: No Slack user has the address x@y.',
    ],
    [
      'who made it and may not decide',
      { requester: { status: 'matched', slackUserId: 'U0DANA', by: 'email' } },
      '<@U0DANA> made this change and may not decide.',
    ],
    [
      'who has approved, and how many are missing',
      {
        approvalsNeeded: 2,
        votes: [{ by: { name: 'Ada', slackUserId: 'U0ADA' }, via: 'slack', at: APPROVED.at }],
      },
      'Approved by <@U0ADA> (1 of 2). One more approver is needed.',
    ],
    [
      'through which e-mail a link has approved',
      {
        approvalsNeeded: 2,
        votes: [
          {
            by: {
              name: 'someone with the e-mail link',
              email: { text: '“Policy Guard: x” of noon to a@b.example', sourceIp: '203.0.113.9' },
            },
            ...{ via: 'email', at: APPROVED.at },
          },
        ],
      },
      'through the e-mail “Policy Guard: x” of noon to a@b.example, from the address 203.0.113.9',
    ],
  ])('says %s', (_, overrides, text) => {
    expect(shown(requestMessage(describeRequest({ ...REQUEST, ...overrides }), OPTIONS))).toContain(text);
  });

  it('promises no e-mail where there is no administrator', () => {
    const quiet = requestMessage(describeRequest(REQUEST), { ...OPTIONS, adminEmail: false });
    expect(shown(quiet)).not.toContain('administrator');
  });

  it('is told in its notification too', () => {
    expect(message.text).toContain('dana@example.com');
    expect(message.text).toContain('s3:DeleteBucket');
    expect(message.text).toContain('It expires in 23 h');
  });

  it('says that a document could not be read, and why', () => {
    const unreadable = aRequest('two', { inspection: { findings: [], total: 0, unreadable: 'not JSON' } });
    expect(shown(requestMessage(describeRequest(unreadable), OPTIONS))).toContain('could not be read');
    expect(shown(requestMessage(describeRequest(unreadable), OPTIONS))).toContain('`not JSON`');
  });
});

describe('between the click and the outcome', () => {
  const decided = { ...REQUEST, status: 'decided' as const, decision: APPROVED };
  const view = describeRequest(decided);
  const message = decidedMessage(view, view.outcome as DescribedOutcome);

  it('the message has no buttons and says whose decision it was', () => {
    expect(buttons(message)).toEqual([]);
    expect(shown(message)).toContain('*Approved by Robin in Slack*');
  });

  it('nothing is said to have happened', () => {
    expect(shown(message)).toContain('It is being carried out');
    expect(shown(message)).not.toMatch(/has been put back|is in force again/);
  });
});

describe('the outcome', () => {
  const outcome = describeOutcome(ENDED);
  const message = outcomeMessage(describeRequest(ENDED), outcome);

  it('says who decided, when, that it has happened, and the reason; without buttons', () => {
    expect(shown(message)).toContain('*Approved by Robin in Slack: the grant has been put back*');
    expect(shown(message)).toContain('<!date^1772366700^');
    expect(shown(message)).toContain('Version v1 is in force again.');
    expect(shown(message)).toContain('took 4 min 56 s');
    expect(shown(message)).toContain('> Agreed in OPS-12');
    expect(buttons(message)).toEqual([]);
  });

  it('names everybody who approved, each with their reason', () => {
    const votes: Vote[] = [
      { by: { name: 'Ada', slackUserId: 'U0ADA' }, via: 'slack', at: APPROVED.at, reason: 'Seen' },
      { by: APPROVED.by, via: 'slack', at: APPROVED.at, reason: 'Agreed in OPS-12' },
    ];
    const both: EndedRequest = { ...ENDED, votes };
    const text = shown(outcomeMessage(describeRequest(both), describeOutcome(both)));
    expect(text).toContain('*Approved by Ada and Robin in Slack: the grant has been put back*');
    expect(text).toMatch(/<@U0ADA>, in Slack, .*\n> Seen\n• <@U0ROBIN>, in Slack, .*\n> Agreed in OPS-12/);
  });

  it('keeps what was asked, and forgets when it would have expired', () => {
    expect(shown(message)).toContain('`s3:DeleteBucket`');
    expect(shown(message)).not.toContain('*Expires*');
  });

  it('is told in the thread in short', () => {
    const reply = outcomeReply(outcome);
    expect(shown(reply)).toContain('the grant has been put back');
    expect(reply.blocks.length).toBeLessThanOrEqual(3);
  });
});

const GROUP = {
  ...{ who: 'ci', waiting: 0, approved: 0, denied: 0, expired: 0, other: 0, requestId: 'r1' },
  ...{ moreWait: false, moreEnded: false },
};

describe('other messages', () => {
  it('a change that a request covers already points at it', () => {
    expect(shown(coveredMessage(describeChange(aChange())))).toContain('the request above still covers it');
  });

  it('the modal for a reason carries request and channel where only Slack can write', () => {
    const origin = { requestId: 'r1a2b3c4d5e6', channel: 'C1' };
    expect(denyView(describeRequest(REQUEST), origin)).toMatchObject({
      callback_id: 'deny',
      private_metadata: JSON.stringify(origin),
    });
  });

  it('a group says what waits and who may decide, and loses its buttons with the last decision', () => {
    const view = { ...GROUP, waiting: 40, approved: 1 };
    const open = groupMessage({ ...view, severity: 'high' }, ['U0ADA', 'S0SECURITY']);
    expect(shown(open)).toContain('40 changes held · HIGH: ci');
    expect(shown(open)).toContain('40 waiting, 1 approved, 0 denied.');
    expect(shown(open)).toContain('<@U0ADA> and <!subteam^S0SECURITY>');
    expect(buttons(open).map(({ action_id, value }) => [action_id, value])).toEqual([
      ['approve_all', 'r1'],
      ['deny_all', 'r1'],
    ]);
    expect(buttons(groupMessage({ ...view, waiting: 0 }, []))).toEqual([]);
  });

  it('a group of which others may wait says so, and keeps its buttons', () => {
    const open = groupMessage({ ...GROUP, approved: 9, moreWait: true, moreEnded: true }, []);
    expect(shown(open)).toContain('0 changes or more held: ci');
    expect(shown(open)).toContain('0 or more waiting, 9 or more approved, 0 or more denied.');
    expect(buttons(open)).toHaveLength(2);
  });

  it('a group that is all decided says so although more of it may have ended than was read', () => {
    const done = groupMessage({ ...GROUP, denied: 100, moreEnded: true }, []);
    expect(shown(done)).toContain('All decided: ci');
    expect(shown(done)).toContain('100 or more denied');
  });

  it.each([
    ['All expired', { expired: 12 }, '0 denied, 12 expired.'],
    ['All ended', { expired: 12, moreEnded: true }, '12 or more expired.'],
    ['All ended', { expired: 1, denied: 1 }, '1 denied, 1 expired.'],
    ['All ended', { other: 2 }, '2 ended otherwise.'],
  ])('a group of which nobody has decided all says so: %s %j', (title, counts, standing) => {
    const done = shown(groupMessage({ ...GROUP, ...counts }, []));
    expect(done).toContain(`${title}: ci`);
    expect(done).toContain(standing);
  });

  it('a request that is shown on demand has no buttons, whatever has become of it', () => {
    for (const request of [REQUEST, ENDED]) {
      const record = requestRecordMessage(describeRequest(request), OPTIONS, request.slack);
      expect(buttons(record)).toEqual([]);
      expect(shown(record)).toContain('my-bad-policy');
    }
  });

  it.each([
    ['in the channel', { channel: 'C1', ts: '1.0' }, 'The buttons are on the message in this channel.'],
    [
      'where it can be linked to',
      { channel: 'C1', ts: '1.0', permalink: 'https://x.slack.com/p1' },
      '<https://x.slack.com/p1|the message in this channel>',
    ],
    ['not in Slack yet', undefined, 'went by e-mail; the buttons come here with the next reminder'],
  ])('a request that is shown on demand says where its buttons are: %s', (_, place, told) => {
    expect(shown(requestRecordMessage(describeRequest(REQUEST), OPTIONS, place))).toContain(told);
  });

  it('nothing waits, one waits, more may wait', () => {
    const view = describeRequest(REQUEST);
    expect(pendingMessage([], false).text).toBe('No request waits for a decision');
    expect(pendingMessage([view], false).text).toBe('1 waiting');
    expect(pendingMessage([view], true).text).toBe('1 or more waiting');
  });

  it('the doctor names what is wrong first, with how to mend it', () => {
    const text = shown(
      doctorMessage([
        { name: 'Ledger', status: 'ok', found: 'The table can be read.' },
        { name: 'E-mail', status: 'wrong', found: 'Nobody is subscribed.', mend: 'Set ADMIN_EMAIL.' },
      ]),
    );
    expect(text.indexOf('E-mail')).toBeLessThan(text.indexOf('Ledger'));
    expect(text).toContain('1 of 2 checks need a person');
    expect(text).toContain('Set ADMIN_EMAIL.');
  });
});
