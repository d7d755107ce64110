import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Message } from '../../../../bot/slack/messages/blocks.ts';
import {
  decidedMessage,
  outcomeMessage,
  outcomeReply,
} from '../../../../bot/slack/messages/decided-message.ts';
import { doctorMessage } from '../../../../bot/slack/messages/doctor.ts';
import { documentView } from '../../../../bot/slack/messages/document-view.ts';
import { escalationMessage } from '../../../../bot/slack/messages/escalation.ts';
import { helpMessage } from '../../../../bot/slack/messages/help.ts';
import { allowedMessage, coveredMessage, endedEarlyMessage } from '../../../../bot/slack/messages/notices.ts';
import { pendingMessage } from '../../../../bot/slack/messages/pending.ts';
import { reasonView } from '../../../../bot/slack/messages/reason-view.ts';
import { reminderMessage } from '../../../../bot/slack/messages/reminder.ts';
import { requestMessage } from '../../../../bot/slack/messages/request-message.ts';
import { requestRecordMessage } from '../../../../bot/slack/messages/request-record.ts';
import { restrictedActionsMessage } from '../../../../bot/slack/messages/restricted-actions.ts';
import { describeChange } from '../../../../bot/view/describe-change.ts';
import { describeEscalation } from '../../../../bot/view/describe-escalation.ts';
import type { EndedRequest } from '../../../../bot/view/describe-outcome.ts';
import { describeOutcome } from '../../../../bot/view/describe-outcome.ts';
import { describeRequest } from '../../../../bot/view/describe-request.ts';
import type { ApprovalRequest, Decision } from '../../../../workflow/ledger/request.ts';
import { blockKitProblems, modalProblems, specials } from '../../../support/block-kit.ts';
import { hostileRequest, hostileText } from '../../../support/hostile.ts';

const decision = (text: string): Decision => ({
  decision: 'approved',
  by: { name: text },
  via: 'slack',
  at: '2026-03-01T12:05:00.000Z',
  reason: text,
});

/** Every message that is about a request, with `text` wherever a person or an error wrote something. */
function messages(request: ApprovalRequest, text: string): Message[] {
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
  return [
    requestMessage(view),
    requestRecordMessage(view),
    decidedMessage(view, decision(text)),
    outcomeMessage(describeRequest(ended), describeOutcome(ended)),
    outcomeReply(describeOutcome(ended)),
    reminderMessage(view),
    allowedMessage({ ...change, reason: text }),
    endedEarlyMessage(change, 'gone', text),
    coveredMessage(change),
    pendingMessage(Array(20).fill(view), true),
    escalationMessage(
      describeEscalation({ change: changed, inspection, executionArn, failure, quarantined: false }),
    ),
    doctorMessage(Array(5).fill({ name: text || 'x', status: 'wrong', found: text, mend: text })),
  ];
}

/** What we write ourselves: dates, the link to the console, and the one message that calls the channel. */
const OURS =
  /^<(!date\^\d+\^\{date_short_pretty\} at \{time_secs\}\|[\d :-]+ UTC|https:\/\/[\w.-]*(amazonaws|amazon)[\w.-]*\.(com|cn)\/.*|!channel)>$/;

describe('whatever a change says', () => {
  it('its messages are within the limits of Slack', () => {
    fc.assert(
      fc.property(hostileRequest, hostileText, (request, text) => {
        for (const { blocks, text: fallback } of messages(request, text)) {
          expect(blockKitProblems(blocks, 'message')).toEqual([]);
          expect(fallback.length).toBeGreaterThan(0);
          expect(fallback.length).toBeLessThanOrEqual(4_000);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('its modals are within the limits of Slack', () => {
    fc.assert(
      fc.property(hostileRequest, hostileText, (request, text) => {
        const view = describeRequest(request);
        const document = { text: text.repeat(8), sha256: 'ab'.repeat(32) };
        expect(modalProblems({ ...reasonView(view) })).toEqual([]);
        expect(modalProblems({ ...documentView(view, request.inspection.findings, document) })).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it('it mentions nobody and links nowhere', () => {
    fc.assert(
      fc.property(hostileRequest, hostileText, (request, text) => {
        for (const { blocks, text: fallback } of messages(request, text)) {
          const found = [...specials(blocks), ...specials({ text: fallback })];
          expect(found.filter((special) => !OURS.test(special))).toEqual([]);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('only an escalation calls the channel', () => {
    fc.assert(
      fc.property(hostileRequest, hostileText, (request, text) => {
        const loud = messages(request, text).filter((message) =>
          JSON.stringify(message).includes('<!channel>'),
        );
        expect(loud).toHaveLength(1);
      }),
      { numRuns: 50 },
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
      { numRuns: 60 },
    );
  });

  it('the help fits too', () => {
    expect(blockKitProblems(helpMessage().blocks, 'message')).toEqual([]);
  });
});
