import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMessage } from '../../../../bot/app/commands/check.ts';
import { type DescribedCheck, describeCheck } from '../../../../bot/app/commands/describe-check.ts';
import { helpMessage } from '../../../../bot/app/commands/help.ts';
import { historyMessage } from '../../../../bot/app/commands/history.ts';
import { describeDetails, describeEarlier } from '../../../../bot/app/details/describe-details.ts';
import { detailsView } from '../../../../bot/app/details/details-view.ts';
import { describeHome } from '../../../../bot/app/home/describe-home.ts';
import type { ShownSettings } from '../../../../bot/app/home/describe-settings.ts';
import { homeView } from '../../../../bot/app/home/home-view.ts';
import { noticeView } from '../../../../bot/app/tell.ts';
import type { HomeView, Message, ModalView } from '../../../../bot/media/slack/blocks/types.ts';
import { describeFinding } from '../../../../bot/media/wording/describe-finding.ts';
import { describeRequest } from '../../../../bot/media/wording/describe-request.ts';
import { pack } from '../../../../workflow/inspection/packed-document.ts';
import type { ApprovalRequest, Decision } from '../../../../workflow/ledger/request.ts';
import { blockKitProblems, homeProblems, modalProblems, specials } from '../../../support/block-kit.ts';
import { hostileRequest, hostileText } from '../../../support/hostile.ts';
import { SCHEDULE } from '../../../support/message-options.ts';
import { times } from '../../../support/times.ts';

const decision = (text: string): Decision => ({
  decision: 'approved',
  by: { name: text },
  via: 'slack',
  at: '2026-03-01T12:05:00.000Z',
  reason: text,
});

/** As if the findings had come out of a check. */
function checkOf({ inspection }: ApprovalRequest): DescribedCheck {
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
  const details = describeDetails(
    crowded(request, text),
    { samePolicy: earlier, sameRequester: earlier },
    { now: NOW, settings: SCHEDULE },
  );
  const pages: ModalView[] = [];
  for (let page = 0; ; page++) {
    const view = detailsView(details, page);
    if (JSON.parse(view.private_metadata ?? '{}').page !== page) return pages;
    pages.push(view);
  }
}

const NOW = new Date('2026-03-01T12:00:00.000Z');
const RULES = { SLACK_CHANNEL: 'C0', SLACK_TEAM_ID: 'T0', APPROVERS: ['U0ADA'], BREAK_GLASS: false };

/** App Home of an approver for whom very much waits. */
function crowdedHome(request: ApprovalRequest, text: string): HomeView {
  const profile = { id: 'U0ADA', teamId: 'T0', teamIds: [], email: text || 'x' };
  const slack = { channel: 'C0', ts: '1', permalink: 'https://testing.slack.com/archives/C0/p1' };
  const waiting = crowded(request, text);
  const pending = Array.from({ length: 100 }, (_, index) => ({
    ...waiting,
    ...{ id: `r${index}`, slack },
    requester: { status: 'matched' as const, slackUserId: 'U0ADA', by: 'table' as const },
  }));
  const past = Array(20).fill({ ...request, decision: decision(text), outcome: 'denied' });
  const decider = {
    profile: { ...profile, deleted: false, bot: false, guest: false, stranger: false },
    ...{ groups: [], channel: 'C0' },
  };
  const settings: ShownSettings = {
    ...{ MODE: 'observe', APPROVERS: Array(200).fill('U0ADA'), APPROVALS_REQUIRED: 10, BREAK_GLASS: true },
    ...{ EMAIL_LINKS: 'approve-and-deny', ATTACHMENTS: 'ask-unless-approved' },
    ...{
      REQUEST_TIMEOUT_SECONDS: 31_536_000,
      REMINDER_SECONDS: 1,
      ADMIN_EMAIL_SECONDS: 1,
      ADMIN_EMAIL: text,
    },
  };
  const home = describeHome({ decider, pending, past, pendingLimit: 100 }, RULES);
  return homeView(home, {
    settings,
    restricted: Array(1_000).fill({ pattern: text, mode: 'enforce' }),
    exemptions: Array(200).fill({ pattern: text, until: '2026-12-31', reason: text }),
    now: NOW,
  });
}

/** The private answers that hold foreign text. */
function answers(request: ApprovalRequest, text: string): Message[] {
  const ended = { ...request, decision: decision(text), outcome: 'approved' as const, outcomeDetail: text };
  return [
    historyMessage(Array(50).fill(describeRequest(ended))),
    checkMessage({ policy: text }, describeCheck({ policy: text }, [], 'enforce'), 'enforce'),
    checkMessage({ actions: ['*', text] }, checkOf(request), 'observe'),
    helpMessage({ typed: text, meant: undefined }),
  ];
}

/** What we write ourselves: dates, links to the console, and the approver of these settings. */
const OURS =
  /^<(!date\^\d+\^\{date_short_pretty\} at \{time_secs\}\|[\d :-]+ UTC|https:\/\/[\w.-]*(amazonaws|amazon)[\w.-]*\.(com|cn)\/.*|@U0ADA)>$/;

const surfaces = (request: ApprovalRequest, text: string) => [
  ...answers(request, text),
  ...detailsPages(request, text),
  crowdedHome(request, text),
];

describe('whatever a change says', () => {
  it('the answers to commands are within the limits of Slack', () => {
    fc.assert(
      fc.property(hostileRequest, hostileText, (request, text) => {
        for (const { blocks } of answers(request, text))
          expect(blockKitProblems(blocks, 'message')).toEqual([]);
      }),
      { numRuns: times(50) },
    );
  });

  it('every page of the details is', () => {
    fc.assert(
      fc.property(hostileRequest, hostileText, (request, text) => {
        for (const page of detailsPages(request, text)) expect(modalProblems({ ...page })).toEqual([]);
        expect(modalProblems({ ...noticeView(text || 'x', text) })).toEqual([]);
      }),
      { numRuns: times(20) },
    );
  });

  it('App Home is', () => {
    fc.assert(
      fc.property(hostileRequest, hostileText, (request, text) => {
        expect(homeProblems({ ...crowdedHome(request, text) })).toEqual([]);
      }),
      { numRuns: times(20) },
    );
  });

  it('they mention nobody and link nowhere', () => {
    fc.assert(
      fc.property(hostileRequest, hostileText, (request, text) => {
        const found = surfaces(request, text).flatMap(({ blocks }) => specials(blocks));
        expect(found.filter((special) => !OURS.test(special))).toEqual([]);
      }),
      { numRuns: times(20) },
    );
  });
});
