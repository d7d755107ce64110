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
import { type DescribedRequest, describeRequest } from '../../../bot/media/wording/describe-request.ts';
import { coveredMessage } from '../../../bot/notices/covered/tell.ts';
import { groupMessage } from '../../../bot/notices/group/message.ts';
import { decidedMessage, outcomeMessage, outcomeReply } from '../../../bot/notices/outcome/message.ts';
import { requestMessage } from '../../../bot/notices/request/message.ts';
import type { Finding } from '../../../workflow/inspection/finding.ts';
import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';
import { summarise } from '../../../workflow/inspection/summarise.ts';
import type { ApprovalRequest, Vote } from '../../../workflow/ledger/request.ts';
import { allText } from '../../support/block-kit.ts';
import { MESSAGE_OPTIONS } from '../../support/message-options.ts';
import { APPROVED, aChange, aRequest } from '../../support/requests.ts';

const FINDING: Finding = {
  restricted: 's3:DeleteBucket',
  grantedBy: 's3:Delete*',
  statement: 2,
  sid: 'CleanUp',
  resources: ['arn:aws:s3:::a', 'arn:aws:s3:::b', 'arn:aws:s3:::c', 'arn:aws:s3:::d', 'arn:aws:s3:::e'],
  conditional: true,
  condition: '{"Bool":{"aws:MultiFactorAuthPresent":"true"}}',
  set: '@data-destruction',
  why: 'A deleted bucket loses its name to whoever takes it next.',
};

const REQUEST = aRequest('r1a2b3c4d5e6', {
  inspection: { ...summarise({ restricted: true, findings: [FINDING] }), total: 8 },
  surroundings: { attachedTo: ['role/deployer', 'user/alice'] },
  earlier: { requests: 7, approved: 6, denied: 1, orMore: false },
});

const ENDED: EndedRequest = {
  ...REQUEST,
  status: 'closed',
  decision: { ...APPROVED, reason: 'Agreed in OPS-12' },
  outcome: 'approved',
  outcomeDetail: 'Version v1 is in force again.',
  closedAt: '2026-03-01T12:05:02.000Z',
};

const LONGEST_NAME = aChange({
  target: { type: 'inline-policy', entity: 'role', entityName: 'ci', policyName: 'W'.repeat(128) },
});

const shown = ({ blocks }: Message) => allText(blocks);
const buttons = ({ blocks }: Message) =>
  blocks.flatMap((block) => (block.type === 'actions' ? block.elements : [])) as {
    action_id: string;
    value: string;
    style?: string;
  }[];

describe('the message of a request', () => {
  const message = requestMessage(describeRequest(REQUEST), {
    ...MESSAGE_OPTIONS,
    accountNames: ['123456789012=prod'],
  });

  it.each([
    ['the verdict, first', '🔒 my-bad-policy could delete data: s3:DeleteBucket'],
    ['who', 'dana@example.com (Identity Center, role Developer) · '],
    ['what was done', '· new policy <https://console'],
    ['a link to it in the console', '<https://console.aws.amazon.com/iam/home#/policies/details/arn%3Aaws'],
    ['the account, by its name', '· prod (…9012) ·'],
    ['when', '<!date^1772366400^'],
    ['how long the grant was in force', ', in force for 3 s'],
    ['the pattern that grants, and on what', '`s3:Delete*` on `arn:aws:s3:::a` and 4 more'],
    ['the condition', 'only if `{"Bool":{"aws:MultiFactorAuthPresent":"true"}}`'.slice(0, 30)],
    ['the restricted action', '– `s3:DeleteBucket`'],
    ['whom it serves', '*Reaches* 2 principals: role deployer and user alice'],
    ['what was in force before, and is now', '*Before* the policy is new; a placeholder that grants nothing'],
    [
      'what the requester has asked for before',
      '*Requester* 7 earlier requests in 90 days: 6 approved, 1 denied',
    ],
    ['from where they came', 'from 203.0.113.7'],
    ['who may decide', '<@U0ADA> and <!subteam^S0SECURITY> may decide'],
    ['when it expires', '· expires <!date^1772452804^'],
    ['the request id', '`r1a2b3c4d5e6`'],
  ])('says %s', (_, text) => {
    expect(shown(message)).toContain(text);
  });

  it('names what is granted by its own name once', () => {
    const Statement = [{ Effect: 'Allow', Action: ['s3:DeleteBucket', 's3:DeleteObject'], Resource: '*' }];
    const document = JSON.stringify({ Version: '2012-10-17', Statement });
    const list = ['s3:DeleteBucket', 's3:DeleteObject'].map((pattern) => ({ pattern }));
    const inspection = summarise(inspectDocument(document, list), document);
    expect(shown(requestMessage(describeRequest({ ...REQUEST, inspection }), MESSAGE_OPTIONS))).toContain(
      '*Grants* `s3:DeleteBucket`, `s3:DeleteObject` on `*`\n',
    );
  });

  it('has its five buttons, which carry the request id and nothing else', () => {
    expect(buttons(message).map(({ action_id, style, value }) => [action_id, style, value])).toEqual([
      ['approve', 'primary', 'r1a2b3c4d5e6'],
      ['deny', 'danger', 'r1a2b3c4d5e6'],
      ['details', undefined, 'r1a2b3c4d5e6'],
      ['ask', undefined, 'r1a2b3c4d5e6'],
      ['look', undefined, 'r1a2b3c4d5e6'],
    ]);
  });

  it('has an approval confirmed, naming policy, person and verdict', () => {
    expect(buttons(message)[0]).toMatchObject({
      confirm: {
        title: { text: 'Approve my-bad-policy?' },
        text: {
          text: expect.stringMatching(
            /^For dana@example\.com .*: my-bad-policy could delete data: s3:DeleteBucket\. Version v1 is put back/,
          ),
        },
        confirm: { text: 'Approve' },
        deny: { text: 'Cancel' },
      },
    });
  });

  it('says of who made it that they may break the glass, where the setting is on', () => {
    const requester = { status: 'matched', slackUserId: 'U0DANA', by: 'email' } as const;
    const view = describeRequest({ ...REQUEST, requester });
    expect(shown(requestMessage(view, { ...MESSAGE_OPTIONS, breakGlass: true }))).toContain(
      '<@U0DANA> made this change and may approve it only as an approver who breaks the glass.',
    );
  });

  it('names the person first where Slack knows them, and what CloudTrail calls them after', () => {
    const requester = { status: 'matched', slackUserId: 'U0DANA', by: 'email' } as const;
    const text = shown(requestMessage(describeRequest({ ...REQUEST, requester }), MESSAGE_OPTIONS));
    expect(text).toContain('<@U0DANA> · new policy');
    expect(text).toContain('denied · dana@example.com (Identity Center, role Developer) · from 203.0.113.7');
  });

  it('says how bad it is in words, where the list says so', () => {
    const [finding] = REQUEST.inspection.findings;
    const findings = [{ ...(finding as Finding), severity: 'critical' as const }];
    const inspection = summarise({ restricted: true, findings });
    const bad = requestMessage(describeRequest({ ...REQUEST, inspection }), MESSAGE_OPTIONS);
    expect(shown(bad)).toContain('🔒 CRITICAL · my-bad-policy could delete data');
    expect(bad.text).toMatch(/^CRITICAL: my-bad-policy/);
  });

  it.each([
    ['of the severity that they want to be called for', 'high', 'high', true],
    ['of none, which may be anything', undefined, 'high', true],
    ['below it', 'medium', 'high', false],
    ['above it', 'critical', 'high', true],
    ['of none, where only the worst calls', undefined, 'critical', false],
  ] as const)('mentions people at once for a request %s', (_, severity, mentionFrom, called) => {
    const view = { ...describeRequest(REQUEST), ...{ severity } };
    const text = shown(requestMessage(view as DescribedRequest, { ...MESSAGE_OPTIONS, mentionFrom }));
    expect(text.includes('<!subteam^S0SECURITY>')).toBe(called);
    if (!called) expect(text).toContain('the approvers decide');
  });

  it('calls those who are to be told where they are others than those who decide', () => {
    const text = shown(
      requestMessage(describeRequest(REQUEST), { ...MESSAGE_OPTIONS, notify: ['S0ONCALL'] }),
    );
    expect(text).toContain('<!subteam^S0ONCALL>: the approvers may decide');
    expect(text).not.toContain('S0SECURITY');
  });

  it('says who is looking, for a quarter of an hour', () => {
    const looking = { by: { name: 'Ada', slackUserId: 'U0ADA' }, at: '2026-03-01T12:50:00.000Z' };
    const view = describeRequest({ ...REQUEST, looking });
    expect(shown(requestMessage(view, MESSAGE_OPTIONS))).toContain(
      '👀 <@U0ADA> is looking, until <!date^1772370300^',
    );
    const later = { ...MESSAGE_OPTIONS, now: new Date('2026-03-01T13:06:00.000Z') };
    expect(shown(requestMessage(view, later))).not.toContain('is looking');
  });

  it('says that nobody holds it, which changes the judgement', () => {
    const view = describeRequest({ ...REQUEST, surroundings: { attachedTo: [] } });
    expect(shown(requestMessage(view, MESSAGE_OPTIONS))).toContain('*Reaches* 0 principals: nobody holds it');
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
    expect(shown(requestMessage(describeRequest({ ...REQUEST, ...overrides }), MESSAGE_OPTIONS))).toContain(
      text,
    );
  });

  it('is told in its notification too', () => {
    expect(message.text).toContain('dana@example.com');
    expect(message.text).toContain('s3:DeleteBucket');
    expect(message.text).toContain('It expires in 23 h');
  });

  it('says that a document could not be read, and why', () => {
    const unreadable = aRequest('two', { inspection: { findings: [], total: 0, unreadable: 'not JSON' } });
    expect(shown(requestMessage(describeRequest(unreadable), MESSAGE_OPTIONS))).toContain(
      'could not be read',
    );
    expect(shown(requestMessage(describeRequest(unreadable), MESSAGE_OPTIONS))).toContain('not JSON');
  });
});

describe('between the click and the outcome', () => {
  const decided = { ...REQUEST, status: 'decided' as const, decision: APPROVED };
  const view = describeRequest(decided);
  const message = decidedMessage(view, view.outcome as DescribedOutcome, []);

  it('there is nothing to decide, and the message says whose decision it was', () => {
    expect(buttons(message).map(({ action_id }) => action_id)).toEqual(['details']);
    expect(shown(message)).toContain('*Approved by Robin in Slack*');
  });

  it('nothing is said to have happened', () => {
    expect(shown(message)).toContain('It will be carried out as soon as possible');
    expect(shown(message)).not.toMatch(/has been put back|is in force again/);
  });
});

describe('the outcome', () => {
  const outcome = describeOutcome(ENDED);
  const message = outcomeMessage(describeRequest(ENDED), outcome, ['123456789012=prod']);

  it('says who decided, when, that it has happened, and the reason; with nothing to decide', () => {
    expect(shown(message)).toContain('*Approved by Robin in Slack: the grant has been put back*');
    expect(shown(message)).toContain('<!date^1772366700^');
    expect(shown(message)).toContain('Version v1 is in force again.');
    expect(shown(message)).toContain('took 4 min 56 s');
    expect(shown(message)).toContain('> Agreed in OPS-12');
    expect(buttons(message).map(({ action_id }) => action_id)).toEqual(['details']);
  });

  it('has a heading of two lines on a phone, whatever the policy is called', () => {
    const longest = describeRequest(aRequest('r1a2b3c4d5e6', { change: LONGEST_NAME }));
    const [head] = outcomeMessage(longest, outcome, []).blocks;
    expect(allText([head as (typeof message.blocks)[number]])).toMatch(/^✅ Approved: W{31}…$/);
  });

  it('names everybody who approved, each with their reason', () => {
    const votes: Vote[] = [
      { by: { name: 'Ada', slackUserId: 'U0ADA' }, via: 'slack', at: APPROVED.at, reason: 'Seen' },
      { by: APPROVED.by, via: 'slack', at: APPROVED.at, reason: 'Agreed in OPS-12' },
    ];
    const both: EndedRequest = { ...ENDED, votes };
    const text = shown(outcomeMessage(describeRequest(both), describeOutcome(both), []));
    expect(text).toContain('*Approved by Ada and Robin in Slack: the grant has been put back*');
    expect(text).toMatch(/<@U0ADA>, in Slack, .*\n> Seen\n• <@U0ROBIN>, in Slack, .*\n> Agreed in OPS-12/);
  });

  it('keeps what was asked, and forgets when it would have expired', () => {
    const lines = shown(message).split('\n');
    const asked = lines.findIndex((line) => line.startsWith('*my-bad-policy could'));
    expect(lines.slice(asked, asked + 4)).toEqual([
      '*my-bad-policy could delete data: s3:DeleteBucket*',
      expect.stringMatching(/^dana@example\.com .* · prod \(…9012\) · .*, in force for 3 s$/),
      expect.stringMatching(/^\*Grants\* `s3:Delete\*` on /),
      expect.stringContaining('*Reaches* '),
    ]);
    expect(shown(message)).not.toMatch(/[Ee]xpires/);
  });

  it('is told in the thread in short', () => {
    const reply = outcomeReply(outcome);
    expect(shown(reply)).toContain('the grant has been put back');
    expect(reply.blocks.length).toBeLessThanOrEqual(3);
  });
});

const GROUP = {
  ...{ who: 'ci', waiting: 0, approved: 0, denied: 0, expired: 0, other: 0, requestId: 'r1' },
  ...{ crowd: 0, moreWait: false, moreEnded: false },
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

  it('a request that is shown on demand has nothing to decide, whatever has become of it', () => {
    for (const request of [REQUEST, ENDED]) {
      const record = requestRecordMessage(describeRequest(request), MESSAGE_OPTIONS, request.slack);
      expect(buttons(record).filter(({ action_id }) => action_id !== 'details')).toEqual([]);
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
    expect(shown(requestRecordMessage(describeRequest(REQUEST), MESSAGE_OPTIONS, place))).toContain(told);
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
