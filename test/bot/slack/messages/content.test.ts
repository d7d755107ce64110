import { describe, expect, it } from 'vitest';
import type { Message } from '../../../../bot/slack/messages/blocks.ts';
import {
  decidedMessage,
  outcomeMessage,
  outcomeReply,
} from '../../../../bot/slack/messages/decided-message.ts';
import { doctorMessage } from '../../../../bot/slack/messages/doctor.ts';
import { coveredMessage } from '../../../../bot/slack/messages/notices.ts';
import { pendingMessage } from '../../../../bot/slack/messages/pending.ts';
import { reasonView } from '../../../../bot/slack/messages/reason-view.ts';
import { reminderMessage } from '../../../../bot/slack/messages/reminder.ts';
import { requestMessage } from '../../../../bot/slack/messages/request-message.ts';
import { requestRecordMessage } from '../../../../bot/slack/messages/request-record.ts';
import { describeChange } from '../../../../bot/view/describe-change.ts';
import type { EndedRequest } from '../../../../bot/view/describe-outcome.ts';
import { describeOutcome } from '../../../../bot/view/describe-outcome.ts';
import { describeRequest } from '../../../../bot/view/describe-request.ts';
import { allText } from '../../../support/block-kit.ts';
import { APPROVED, aChange, aRequest } from '../../../support/requests.ts';

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

const shown = ({ blocks }: Message) => allText(blocks);
const buttons = ({ blocks }: Message) =>
  blocks.flatMap((block) => (block.type === 'actions' ? block.elements : [])) as {
    action_id: string;
    value: string;
    style?: string;
  }[];

describe('the message of a request', () => {
  const message = requestMessage(describeRequest(REQUEST));

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
    ['when it expires', '*Expires*\n<!date^1772452804^'],
    ['the request id', '`r1a2b3c4d5e6`'],
    ['what approving does', 'Version v1 is put back in force'],
    ['what denying does', 'Version v1 is deleted for good'],
  ])('says %s', (_, text) => {
    expect(shown(message)).toContain(text);
  });

  it('has its four buttons, which carry the request id and nothing else', () => {
    expect(buttons(message).map(({ action_id, style, value }) => [action_id, style, value])).toEqual([
      ['approve', 'primary', 'r1a2b3c4d5e6'],
      ['deny', 'danger', 'r1a2b3c4d5e6'],
      ['decide_with_reason', undefined, 'r1a2b3c4d5e6'],
      ['show_policy', undefined, 'r1a2b3c4d5e6'],
    ]);
  });

  it('is told in its notification too', () => {
    expect(message.text).toContain('dana@example.com');
    expect(message.text).toContain('s3:DeleteBucket');
  });

  it('says that a document could not be read, and why', () => {
    const unreadable = aRequest('two', { inspection: { findings: [], total: 0, unreadable: 'not JSON' } });
    expect(shown(requestMessage(describeRequest(unreadable)))).toContain('could not be read');
    expect(shown(requestMessage(describeRequest(unreadable)))).toContain('`not JSON`');
  });
});

describe('between the click and the outcome', () => {
  const decided = { ...REQUEST, status: 'decided' as const, decision: APPROVED };
  const message = decidedMessage(describeRequest(decided), APPROVED);

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
    expect(shown(message)).toContain('> Agreed in OPS-12');
    expect(buttons(message)).toEqual([]);
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

describe('other messages', () => {
  it('a reminder says what waits and until when', () => {
    const text = shown(reminderMessage(describeRequest(REQUEST)));
    expect(text).toContain('Still waiting for a decision');
    expect(text).toContain('<!date^1772452804^');
  });

  it('a change that a request covers already points at it', () => {
    expect(shown(coveredMessage(describeChange(aChange())))).toContain('the request above still covers it');
  });

  it('the modal for a reason carries the request id where only Slack can write', () => {
    expect(reasonView(describeRequest(REQUEST))).toMatchObject({
      callback_id: 'decide_with_reason',
      private_metadata: 'r1a2b3c4d5e6',
    });
  });

  it('a request that is shown on demand has no buttons, whatever has become of it', () => {
    for (const request of [REQUEST, ENDED]) {
      const record = requestRecordMessage(describeRequest(request));
      expect(buttons(record)).toEqual([]);
      expect(shown(record)).toContain('my-bad-policy');
    }
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
