import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { helpMessage } from '../../../bot/app/commands/help.ts';
import { restrictedActionsMessage } from '../../../bot/app/commands/list.ts';
import { pendingMessage } from '../../../bot/app/commands/pending.ts';
import { requestRecordMessage } from '../../../bot/app/commands/show.ts';
import { refusalMessage, refusalView } from '../../../bot/app/refusal.ts';
import { approveAllView, denyAllView, splitList } from '../../../bot/app/views/group-modal.ts';
import { breakGlassView, denyView } from '../../../bot/app/views/reason-modal.ts';
import { doctorMessage } from '../../../bot/doctor/message.ts';
import type { Message } from '../../../bot/media/slack/blocks/types.ts';
import { describeChange } from '../../../bot/media/wording/describe-change.ts';
import { describeOutcome, type EndedRequest } from '../../../bot/media/wording/describe-outcome.ts';
import { describeRequest } from '../../../bot/media/wording/describe-request.ts';
import { allowedMessage } from '../../../bot/notices/allowed.ts';
import { coveredMessage } from '../../../bot/notices/covered/tell.ts';
import { endedEarlyMessage } from '../../../bot/notices/ended-early.ts';
import { escalationMessage } from '../../../bot/notices/escalation/message.ts';
import { describeEscalation } from '../../../bot/notices/escalation/words.ts';
import { groupMessage } from '../../../bot/notices/group/message.ts';
import { groupProgressMessage, groupResultMessage } from '../../../bot/notices/group/progress.ts';
import { describeWaiting } from '../../../bot/notices/group/waiting.ts';
import { informedMessage } from '../../../bot/notices/informed/message.ts';
import { decidedMessage, outcomeMessage, outcomeReply } from '../../../bot/notices/outcome/message.ts';
import { LONGEST_REMARK, questionMessage } from '../../../bot/notices/remarks.ts';
import { requestMessage } from '../../../bot/notices/request/message.ts';
import { breakGlassMessage, voteMessage } from '../../../bot/notices/votes.ts';
import type { ApprovalRequest, Decision, Vote } from '../../../workflow/ledger/request.ts';
import { blockKitProblems, modalProblems } from '../../support/block-kit.ts';
import {
  expectNoOtherSpecials,
  expectWithinLimits,
  hostileRequest,
  hostileText,
} from '../../support/hostile.ts';
import { MESSAGE_OPTIONS } from '../../support/message-options.ts';
import { times } from '../../support/times.ts';

const decision = (text: string): Decision => ({
  decision: 'approved',
  by: { name: text },
  via: 'slack',
  at: '2026-03-01T12:05:00.000Z',
  reason: text,
});

const GROUP = {
  ...{ waiting: 40, approved: 1, denied: 2, expired: 3, other: 3, severity: 'critical' as const },
  ...{ crowd: 40, moreWait: true, moreEnded: true },
};

const PROGRESS = { decision: 'denied' as const, of: 1_000 };

const question = (text: string) => ({
  ...{ kind: 'question' as const, by: { name: text }, at: '2026-03-01T12:05:00.000Z' },
  text: text.slice(0, LONGEST_REMARK),
});

/** As many votes as there can be, each as long as it can be. */
const votes = (text: string): Vote[] =>
  Array.from({ length: 10 }, (_, i) => ({
    by:
      i === 0 ? { name: text, email: { text, sourceIp: text } } : { name: text, slackUserId: `U0VOTER${i}` },
    via: i === 0 ? 'email' : 'slack',
    at: '2026-03-01T12:05:00.000Z',
    reason: text,
    breakGlass: i === 1,
  }));

/** Every message that is about a request, with `text` wherever a person or an error wrote something. */
function messages(asked: ApprovalRequest, text: string): Message[] {
  const request: ApprovalRequest = {
    ...{ ...asked, approvalsNeeded: 10, votes: votes(text) },
    requester: { status: 'unmatched', why: text },
  };
  const view = describeRequest(request);
  const ended: EndedRequest = {
    ...request,
    ...{
      decision: decision(text),
      outcome: 'approved' as const,
      outcomeDetail: text,
      closedAt: request.createdAt,
    },
  };
  const change = describeChange(request.change, request.inspection);
  const { change: changed, inspection, executionArn } = request;
  const failure = { Error: text, Cause: text };
  const waiting = describeWaiting([{ ...request, status: 'pending' }]);
  return [
    requestMessage(view, MESSAGE_OPTIONS),
    requestRecordMessage(view, MESSAGE_OPTIONS, asked.slack),
    decidedMessage(describeRequest(ended), describeOutcome(ended), []),
    voteMessage(view),
    refusalMessage({ why: `No: ${text}`, approvers: ['U0ADA'] }),
    groupMessage(
      { ...GROUP, asked: waiting, who: text, requestId: view.requestId },
      Array(60).fill('S0SECURITY'),
    ),
    outcomeMessage(describeRequest(ended), describeOutcome(ended), []),
    outcomeReply(describeOutcome(ended)),
    groupProgressMessage({ ...PROGRESS, name: text, done: 12 }),
    groupProgressMessage({ ...PROGRESS, name: text, done: 12, interrupted: true }),
    groupResultMessage(
      { ...PROGRESS, name: text },
      Array(100).fill({ title: view.title, kind: 'refused', what: text }),
    ),
    questionMessage(view, question(text)),
    questionMessage(view, question(text), question(text)),
    breakGlassMessage(view, { userId: 'U0ADA', name: text, reason: text || 'x' }),
    allowedMessage({ ...change, reason: text }),
    endedEarlyMessage(change, 'gone', text),
    informedMessage(
      'ended before anybody was asked',
      ended.createdAt,
      Array.from({ length: 20 }, (_, index) => ({
        ...{ id: `${index}`, at: ended.createdAt, who: `${text}${index}` },
        ...{ ended: 'gone', what: text },
      })),
    ),
    coveredMessage(change),
    pendingMessage(Array(20).fill(view), true),
    escalationMessage(
      describeEscalation({ change: changed, inspection, executionArn, failure, quarantined: false }),
    ),
    doctorMessage(Array(5).fill({ name: text || 'x', status: 'wrong', found: text, mend: text })),
  ];
}

const ORIGIN = { requestId: 'pg-0123456789', channel: 'C0123456789' };
const GROUP_ORIGIN = {
  ...{ requestId: 'pg-0123456789', listingId: randomUUID(), count: 1_000 },
  ...{ channel: 'C0123456789', threadTs: '1772366404.000100' },
};

/** What we write ourselves: dates, the link to the console, and the one message that calls the channel. */
const OURS =
  /^<(!date\^\d+\^\{date_short_pretty\} at \{time(_secs)?\}\|[\d :-]+ UTC|https:\/\/[\w.-]*(amazonaws|amazon)[\w.-]*\.(com|cn)\/.*|!channel|@U0VOTER\d|@U0ADA|!subteam\^S0SECURITY)>$/;

describe('whatever a change says', () => {
  it('its messages are within the limits of Slack', () => expectWithinLimits(messages, 150));

  it('its modals are within the limits of Slack', () => {
    fc.assert(
      fc.property(hostileRequest, hostileText, (request, text) => {
        const view = describeRequest(request);
        expect(modalProblems({ ...denyView(view, ORIGIN) })).toEqual([]);
        expect(modalProblems({ ...breakGlassView(view, ORIGIN) })).toEqual([]);
        expect(modalProblems({ ...refusalView({ why: `No: ${text}` }) })).toEqual([]);
        for (const build of [approveAllView, denyAllView]) {
          const listed = splitList(Array(60).fill(request), true);
          expect(modalProblems({ ...build(listed, GROUP_ORIGIN) })).toEqual([]);
        }
      }),
      { numRuns: times(20) },
    );
  });

  it('it mentions nobody and links nowhere', () => expectNoOtherSpecials(messages, OURS, 150));

  it('only an escalation and a broken glass call the channel', () => {
    fc.assert(
      fc.property(hostileRequest, hostileText, (request, text) => {
        const loud = messages(request, text).filter((message) =>
          JSON.stringify(message).includes('<!channel>'),
        );
        expect(loud).toHaveLength(2);
      }),
      { numRuns: times(20) },
    );
  });
});

describe('the list of restricted actions', () => {
  it('holds within the limits however long the list and its entries are', () => {
    const entry = fc.record(
      { pattern: hostileText, set: fc.constantFrom('@data-destruction', '@data-exposure'), why: hostileText },
      { requiredKeys: ['pattern'] },
    );
    fc.assert(
      fc.property(fc.array(entry, { maxLength: 200 }), hostileText, (entries, filter) => {
        for (const needle of ['', filter]) {
          const { blocks } = restrictedActionsMessage(entries, needle);
          expect(blockKitProblems(blocks, 'message')).toEqual([]);
        }
      }),
      { numRuns: times(20) },
    );
  });

  it('the help fits too', () => {
    expect(blockKitProblems(helpMessage().blocks, 'message')).toEqual([]);
  });
});
