import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HomeView, Message, ModalView } from '../../../../bot/slack/messages/blocks.ts';
import { checkMessage } from '../../../../bot/slack/messages/check.ts';
import {
  decidedMessage,
  outcomeMessage,
  outcomeReply,
} from '../../../../bot/slack/messages/decided-message.ts';
import { detailsView } from '../../../../bot/slack/messages/details/details-view.ts';
import { doctorMessage } from '../../../../bot/slack/messages/doctor.ts';
import { escalationMessage } from '../../../../bot/slack/messages/escalation.ts';
import { helpMessage } from '../../../../bot/slack/messages/help.ts';
import { historyMessage } from '../../../../bot/slack/messages/history.ts';
import { homeView } from '../../../../bot/slack/messages/home-view.ts';
import { noticeView } from '../../../../bot/slack/messages/notice-view.ts';
import { allowedMessage, coveredMessage, endedEarlyMessage } from '../../../../bot/slack/messages/notices.ts';
import { pendingMessage } from '../../../../bot/slack/messages/pending.ts';
import { reasonView } from '../../../../bot/slack/messages/reason-view.ts';
import { reminderMessage } from '../../../../bot/slack/messages/reminder.ts';
import { requestMessage } from '../../../../bot/slack/messages/request-message.ts';
import { requestRecordMessage } from '../../../../bot/slack/messages/request-record.ts';
import { restrictedActionsMessage } from '../../../../bot/slack/messages/restricted-actions.ts';
import { describeChange } from '../../../../bot/view/describe-change.ts';
import type { CheckView } from '../../../../bot/view/describe-check.ts';
import { describeCheck } from '../../../../bot/view/describe-check.ts';
import { describeDetails, describeEarlier } from '../../../../bot/view/describe-details.ts';
import { describeEscalation } from '../../../../bot/view/describe-escalation.ts';
import { describeFinding } from '../../../../bot/view/describe-finding.ts';
import { describeHome } from '../../../../bot/view/describe-home.ts';
import type { EndedRequest } from '../../../../bot/view/describe-outcome.ts';
import { describeOutcome } from '../../../../bot/view/describe-outcome.ts';
import { describeRequest } from '../../../../bot/view/describe-request.ts';
import type { ShownSettings } from '../../../../bot/view/shown-settings.ts';
import { pack } from '../../../../workflow/documents/packed-document.ts';
import type { ApprovalRequest, Decision } from '../../../../workflow/ledger/request.ts';
import { blockKitProblems, homeProblems, modalProblems, specials } from '../../../support/block-kit.ts';
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
    historyMessage(Array(50).fill(describeRequest(ended))),
    checkMessage({ policy: text }, describeCheck({ policy: text }, [], 'enforce'), 'enforce'),
    checkMessage({ actions: ['*', text] }, checkOf(request), 'observe'),
    helpMessage({ typed: text, meant: undefined }),
    escalationMessage(
      describeEscalation({ change: changed, inspection, executionArn, failure, quarantined: false }),
    ),
    doctorMessage(Array(5).fill({ name: text || 'x', status: 'wrong', found: text, mend: text })),
  ];
}

/** As if the findings had come out of a check. */
function checkOf({ inspection }: ApprovalRequest): CheckView {
  const findings = inspection.findings.map((finding) => ({
    ...describeFinding(finding),
    mode: 'observe' as const,
  }));
  return { verdict: 'reported', findings, unreadable: inspection.unreadable };
}

/** Everything that stands around a request, as bad and as much as it can be. */
function crowded(request: ApprovalRequest, text: string): ApprovalRequest {
  const vote = {
    by: { name: text, email: { text, sourceIp: text } },
    ...{ via: 'email' as const, at: request.createdAt, reason: text },
  };
  return {
    ...request,
    approvalsNeeded: 10,
    votes: Array(9).fill(vote),
    requester: { status: 'unmatched', why: text },
    event: pack(JSON.stringify({ requestParameters: { policyDocument: text, [text]: text.repeat(8) } })),
    surroundings: {
      before: { label: text, document: pack(text.slice(0, 5_000)) },
      attachedTo: Array(300).fill(text),
    },
    document: pack(text.repeat(8)),
  };
}

/** Every page of the details. */
function detailsPages(request: ApprovalRequest, text: string): ModalView[] {
  const earlier = describeEarlier(
    Array(21).fill({ ...request, decision: decision(text), outcome: 'denied' }),
    'another',
    21,
  );
  const details = describeDetails(crowded(request, text), { samePolicy: earlier, sameRequester: earlier });
  const pages: ModalView[] = [];
  for (let page = 0; ; page++) {
    const view = detailsView(details, page);
    if (JSON.parse(view.private_metadata ?? '{}').page !== page) return pages;
    pages.push(view);
  }
}

const RULES = { channel: 'C0', teamId: 'T0', approvers: ['U0ADA'], breakGlass: false };

/** App Home of an approver for whom very much waits. */
function crowdedHome(request: ApprovalRequest, text: string): HomeView {
  const profile = { id: 'U0ADA', teamId: 'T0', teamIds: [], email: text || 'x' };
  const slack = { channel: 'C0', ts: '1', permalink: 'https://testing.slack.com/archives/C0/p1' };
  const pending = Array.from({ length: 100 }, (_, index) => ({
    ...crowded(request, text),
    ...{ id: `r${index}`, slack },
    requester: { status: 'matched' as const, slackUserId: 'U0ADA', by: 'table' as const },
  }));
  const past = Array(20).fill({ ...request, decision: decision(text), outcome: 'denied' });
  const decider = {
    profile: { ...profile, deleted: false, bot: false, guest: false },
    ...{ groups: [], channel: 'C0' },
  };
  const settings: ShownSettings = {
    ...{ mode: 'observe', approvers: Array(200).fill('U0ADA'), approvalsRequired: 10, breakGlass: true },
    ...{ emailLinks: 'approve-and-deny', attachments: 'ask-unless-approved', timeoutSeconds: 31_536_000 },
    nudgeRules: { reminderSeconds: 1, adminEmailSeconds: 1 },
    adminEmail: text,
    exemptions: Array(200).fill({ pattern: text, until: '2026-12-31', reason: text }),
  };
  const home = describeHome({ decider, pending, past, pendingLimit: 100 }, RULES);
  return homeView(home, { settings, restricted: 1_000, now: new Date('2026-03-01T12:00:00Z') });
}

/** What we write ourselves: dates, the link to the console, and the one message that calls the channel. */
const OURS =
  /^<(!date\^\d+\^\{date_short_pretty\} at \{time_secs\}\|[\d :-]+ UTC|https:\/\/[\w.-]*(amazonaws|amazon)[\w.-]*\.(com|cn)\/.*|!channel)>$/;

/** On App Home, out of the settings. */
const APPROVER = /^<@U0ADA>$/;

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
        expect(modalProblems({ ...reasonView(view) })).toEqual([]);
        expect(modalProblems({ ...noticeView(text || 'x', text) })).toEqual([]);
        for (const page of detailsPages(request, text)) expect(modalProblems({ ...page })).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('App Home is within the limits of Slack', () => {
    fc.assert(
      fc.property(hostileRequest, hostileText, (request, text) => {
        expect(homeProblems({ ...crowdedHome(request, text) })).toEqual([]);
      }),
      { numRuns: 40 },
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

  it('it mentions nobody in the details and on App Home either', () => {
    fc.assert(
      fc.property(hostileRequest, hostileText, (request, text) => {
        const views = [...detailsPages(request, text), crowdedHome(request, text)];
        const found = views.flatMap(({ blocks }) => specials(blocks));
        expect(found.filter((special) => !OURS.test(special) && !APPROVER.test(special))).toEqual([]);
      }),
      { numRuns: 40 },
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
