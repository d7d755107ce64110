import { describe, expect, it } from 'vitest';
import { mentionApprovers } from '../../../bot/media/slack/blocks/mentions.ts';
import type { Message } from '../../../bot/media/slack/blocks/types.ts';
import { describeOutcome } from '../../../bot/media/wording/describe-outcome.ts';
import { describeRequest } from '../../../bot/media/wording/describe-request.ts';
import { summaryMessage } from '../../../bot/notices/daily-summary/message.ts';
import { type DescribedSummary, describeSummary } from '../../../bot/notices/daily-summary/words.ts';
import { groupMessage } from '../../../bot/notices/group/message.ts';
import { describeGroup } from '../../../bot/notices/group/words.ts';
import { observedMessage } from '../../../bot/notices/observed/message.ts';
import { loudOutcomeMessage, outcomeMessage } from '../../../bot/notices/outcome/message.ts';
import { reminderMessage } from '../../../bot/notices/reminder/message.ts';
import {
  groupQuarantinedMessage,
  quarantinedMessage,
  requesterOutcomeMessage,
} from '../../../bot/notices/requester/message.ts';
import type { Finding } from '../../../workflow/inspection/finding.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { allText } from '../../support/block-kit.ts';
import { expectNoOtherSpecials, expectWithinLimits } from '../../support/hostile.ts';
import { APPROVED, aRequest } from '../../support/requests.ts';
import { WORST } from '../../support/worst-requests.ts';

const APPROVERS = ['U0ADALOVE', 'S0SECURIT'];
const NOW = new Date('2026-03-01T13:00:04.000Z');
const reminder = { tell: APPROVERS, now: NOW, others: 3 };

function summary(request: ApprovalRequest, text: string, many: number): DescribedSummary | undefined {
  const closed = Array.from({ length: many }, (_, index) => ({
    ...request,
    ...{
      outcome: 'exempt' as const,
      exemption: { pattern: `${index % 40}${text}`, until: text, reason: text },
    },
  }));
  return describeSummary(closed, new Date(Date.parse(request.createdAt) + 1_000), 1_000);
}

/** Every message of this kind, with `text` wherever a person has written something. */
function messages(request: ApprovalRequest, text: string): Message[] {
  const ended = {
    ...request,
    ...{ decision: { ...APPROVED, by: { name: text }, reason: text }, closedAt: APPROVED.at },
    ...{ outcome: 'approved' as const, outcomeDetail: text },
  };
  const votes = [{ by: { name: text }, via: 'slack' as const, at: APPROVED.at }];
  const view = describeRequest({ ...request, votes, approvalsNeeded: 2 });
  const outcome = describeOutcome(ended);
  const told = summary(request, text, 100);
  return [
    reminderMessage(view, reminder),
    groupMessage(describeGroup([request, ended]), APPROVERS),
    observedMessage(view, text, []),
    groupQuarantinedMessage(view, {
      approvers: APPROVERS,
      permalink: 'https://sandbox.slack.com/archives/C1/p1',
    }),
    quarantinedMessage(view, { approvers: APPROVERS, permalink: 'https://sandbox.slack.com/archives/C1/p1' }),
    requesterOutcomeMessage(describeRequest(ended), outcome),
    loudOutcomeMessage(outcomeMessage(describeRequest(ended), outcome, [])),
    ...(told === undefined ? [] : [summaryMessage(told)]),
  ];
}

/** What we write ourselves: dates, links to the console and to Slack, approvers, and break glass. */
const OURS =
  /^<(!date\^\d+\^\{date_short_pretty\} at \{time(_secs)?\}\|[\d :-]+ UTC|https:\/\/([\w.-]*(amazonaws|amazon)[\w.-]*\.(com|cn)|sandbox\.slack\.com)\/.*|@U0ADALOVE|!subteam\^S0SECURIT|!channel)>$/;

describe('whatever a change says', () => {
  it('its messages are within the limits of Slack', () => expectWithinLimits(messages, 60));

  it('they mention only the approvers and link only to ours', () =>
    expectNoOtherSpecials(messages, OURS, 60));

  it('only break glass calls the channel', () => {
    const loud = messages(aRequest('r1'), 'x').filter((message) =>
      JSON.stringify(message).includes('<!channel>'),
    );
    expect(loud).toHaveLength(1);
  });
});

describe('what a requester is told', () => {
  it('has its field for a reason within two screens of a phone, whatever is granted', () => {
    const view = describeRequest(WORST['a full administrator'] as ApprovalRequest);
    const { blocks } = quarantinedMessage(view, { approvers: APPROVERS, permalink: undefined });
    const field = blocks.findIndex(({ type }) => type === 'input');
    expect(field).toBeGreaterThan(0);
    expect(allText(blocks.slice(0, field)).length).toBeLessThan(2_000);
    expect(allText(blocks)).toMatch(/… and \d+ more\./);
  });
});

describe('the message of a group', () => {
  it('counts in words, names who may decide, and leads to its requests by the id of one', () => {
    const request = aRequest('r1');
    request.inspection.findings = request.inspection.findings.map((each) => ({ ...each, severity: 'high' }));
    const { blocks } = groupMessage(describeGroup([request]), APPROVERS);
    expect(allText(blocks)).toContain('1 change held · HIGH');
    expect(allText(blocks)).toContain('1 waiting, 0 approved, 0 denied');
    expect(allText(blocks)).toContain(mentionApprovers(APPROVERS));
    expect(JSON.stringify(blocks)).toContain('"value":"r1"');
  });

  it('tells at one glance what is asked, until when, and how many approvals it takes', () => {
    const [finding] = aRequest('r1').inspection.findings as [Finding];
    const findings = Array.from({ length: 7 }, (_, i) => ({ ...finding, restricted: `a:B${i}` }));
    const request = aRequest('r1', { approvalsNeeded: 2, inspection: { findings, total: 7 } });
    const voted = { ...request, votes: [{ by: { name: 'Ada' }, via: 'slack', at: APPROVED.at } as const] };
    const text = allText(groupMessage(describeGroup([request, voted]), APPROVERS).blocks);
    expect(text).toContain('*Grants:* `a:B0`, `a:B1`, `a:B2`, `a:B3`, `a:B4` and 2 more\n');
    expect(text).toContain('*First expires:* <!date^1772452804^');
    expect(text).toContain('*Approvals:* each needs 2 approvers · 1 has some already');
  });

  it('says that some needs more approvers than another, and that a document could not be read', () => {
    const unread = aRequest('r1', { inspection: { findings: [], total: 0, unreadable: 'omitted' } });
    const requests = [unread, aRequest('r2', { approvalsNeeded: 2 })] as const;
    const text = allText(groupMessage(describeGroup([...requests]), APPROVERS).blocks);
    expect(text).toContain('*Grants:* `s3:DeleteBucket` · 1 document could not be read');
    expect(text).toContain('each needs 1 to 2 approvers · 0 have some already');
  });

  it('names the person rather than the label, where Slack knows them', () => {
    const known = aRequest('r1', { requester: { status: 'matched', slackUserId: 'U0DANALEE', by: 'email' } });
    const text = allText(groupMessage(describeGroup([known]), APPROVERS).blocks);
    expect(text).toContain('<@U0DANALEE> makes many changes at once.');
  });

  it('says nothing of approvals where one is enough', () => {
    const text = allText(groupMessage(describeGroup([aRequest('r1')]), APPROVERS).blocks);
    expect(text).not.toContain('*Approvals:*');
  });

  it('does not claim to know all that is asked where others may wait', () => {
    const view = describeGroup([aRequest('r1')], { moreWait: true, moreEnded: true });
    expect(allText(groupMessage(view, APPROVERS).blocks)).toContain('may grant more, and expire earlier');
  });

  it('has no buttons once none waits', () => {
    const request = aRequest('r1', { status: 'closed', outcome: 'denied' });
    const { blocks } = groupMessage(describeGroup([request]), APPROVERS);
    expect(blocks.filter(({ type }) => type === 'actions')).toEqual([]);
  });
});

describe('a summary', () => {
  it('counts what it has no room for', () => {
    const view = summary(aRequest('r1'), 'x'.repeat(400), 100);
    const text = allText(view && summaryMessage(view).blocks);
    expect(view?.count).toBe(100);
    expect(text).toMatch(/\d+ more exemptions with \d+ changes are not shown\./);
  });

  it('warns of the end of an exemption', () => {
    const request = aRequest('r1', {
      ...{ status: 'closed', outcome: 'exempt' },
      exemption: { pattern: 'arn:aws:iam::*:role/deployer', until: '2026-03-03', reason: 'It deploys.' },
    });
    const view = describeSummary([request], NOW, 1_000);
    expect(allText(view && summaryMessage(view).blocks)).toContain('the exemption ends in 2 days');
  });
});

describe('a reminder', () => {
  it('says that it is about others in the thread too', () => {
    const [alone, many] = [0, 3].map((others) =>
      allText(reminderMessage(describeRequest(aRequest('r1')), { ...reminder, others }).blocks),
    );
    expect(alone).not.toContain('other change');
    expect(many).toContain('and 3 other changes in this thread');
  });
});
