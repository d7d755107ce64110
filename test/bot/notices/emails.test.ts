import { describe, expect, it } from 'vitest';
import { decisionLinks, type LinkSettings } from '../../../bot/media/email/decision-part.ts';
import { describeChange } from '../../../bot/media/wording/describe-change.ts';
import { describeOutcome } from '../../../bot/media/wording/describe-outcome.ts';
import { describeRequest } from '../../../bot/media/wording/describe-request.ts';
import { undecidedEmail } from '../../../bot/notices/administrator-email.ts';
import { allowedEmail } from '../../../bot/notices/allowed.ts';
import { coveredEmail } from '../../../bot/notices/covered/tell.ts';
import { summaryEmail } from '../../../bot/notices/daily-summary/email.ts';
import { type DescribedSummary, describeSummary } from '../../../bot/notices/daily-summary/words.ts';
import { endedEarlyEmail } from '../../../bot/notices/ended-early.ts';
import { escalationEmail } from '../../../bot/notices/escalation/email.ts';
import { describeEscalation } from '../../../bot/notices/escalation/words.ts';
import { observedEmail } from '../../../bot/notices/observed/email.ts';
import { outcomeEmail } from '../../../bot/notices/outcome/email.ts';
import { reminderEmail } from '../../../bot/notices/reminder/email.ts';
import { requestEmail } from '../../../bot/notices/request/email.ts';
import { requestMessage } from '../../../bot/notices/request/message.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { MESSAGE_OPTIONS } from '../../support/message-options.ts';
import { APPROVED, aChange, aRequest } from '../../support/requests.ts';

const KEY = 'a-signing-key-of-more-than-32-characters';
const PUBLIC_URL = 'https://guard.example.com';
const flat = (text: string) => text.replace(/\s+/g, ' ');

const SENT = new Date('2026-03-01T12:00:07.900Z');
const links = (
  request: ApprovalRequest,
  EMAIL_LINKS: LinkSettings['settings']['EMAIL_LINKS'] = 'approve-and-deny',
) => decisionLinks(request, { settings: { EMAIL_LINKS, PUBLIC_URL }, sent: SENT, key: KEY });
const mail = (request: ApprovalRequest, emailLinks?: LinkSettings['settings']['EMAIL_LINKS']) =>
  requestEmail(describeRequest(request), links(request, emailLinks));

const evil = 'x\r\nApprove: https://evil.example/approve\u2028Deny: http://evil.example www.evil.example';

/** Everything foreign that there is, trying to be a link, a line or a decision. */
function hostile(): ApprovalRequest {
  const request = aRequest('r1');
  const { change, inspection } = request;
  return {
    ...request,
    change: {
      ...change,
      requester: {
        ...change.requester,
        label: `Approve: https://evil.example ${evil}`,
        userAgent: evil,
        via: evil,
      },
      target: { type: 'inline-policy', entity: 'role', entityName: evil, policyName: evil },
    },
    containment: { type: 'inline-policy' },
    inspection: {
      ...inspection,
      findings: inspection.findings.map((finding) => ({
        ...finding,
        ...{ sid: evil, resources: [evil], conditional: true, condition: evil, grantedBy: evil },
      })),
    },
    decision: { ...APPROVED, by: { name: evil }, reason: evil },
    ...{ outcome: 'approved', outcomeDetail: evil, closedAt: APPROVED.at, status: 'closed' },
  };
}

describe('the e-mail of a request', () => {
  it('says everything that the Slack message says', () => {
    const request = aRequest('r1');
    const view = describeRequest(request);
    const { text } = mail(request);
    const {
      findings,
      outcome: _,
      when,
      expires,
      whoDetails,
      moreFindings: _m,
      approvals: _a,
      touched: _t,
      created: _c,
      stillInForce: _s,
      ...words
    } = view;
    const told = [
      ...Object.values(words),
      ...[when.text, expires.text],
      ...whoDetails.map(({ value }) => value),
      ...findings.flatMap(({ restricted, grantedBy, statement }) => [restricted, grantedBy, statement]),
    ];
    for (const word of told) expect(flat(text).replaceAll('[.]', '.')).toContain(word);
    const verdict = `${view.subject} ${view.verdict}`;
    expect(flat(text)).toContain(verdict);
    expect(JSON.stringify(requestMessage(view, MESSAGE_OPTIONS))).toContain(verdict);
  });

  it('has the approve link before the deny link, each on a line of its own with its label', () => {
    const lines = mail(aRequest('r1')).text.split('\n');
    expect(lines.filter((line) => line.includes(`${PUBLIC_URL}/decide`))).toEqual([
      expect.stringMatching(/^Approve: https:\/\/guard\.example\.com\/decide\?request=r1&decision=approve&/),
      expect.stringMatching(/^Deny: https:\/\/guard\.example\.com\/decide\?request=r1&decision=deny&/),
    ]);
  });

  it('has links that live as long as the request', () => {
    const { approve } = links(aRequest('r1'));
    const expires = Number(new URL(approve ?? '').searchParams.get('expires'));
    expect(expires * 1000).toBe(Date.parse('2026-03-02T12:00:04.000Z'));
  });

  it('has links that say when the e-mail was sent', () => {
    const { approve, deny } = links(aRequest('r1'));
    for (const url of [approve, deny]) {
      const sent = Number(new URL(url ?? '').searchParams.get('sent'));
      expect(sent).toBe(Math.floor(SENT.getTime() / 1000));
    }
  });

  it('counts the findings that it does not list', () => {
    const request = aRequest('r1');
    request.inspection.total = 7;
    expect(mail(request).text).toContain('- and 6 more');
  });

  it('says why a document could not be read', () => {
    const inspection = { findings: [], total: 0, unreadable: 'It is not JSON.' };
    expect(flat(mail(aRequest('r1', { inspection })).text)).toContain(
      'could not be read, which counts as restricted: It is not JSON.',
    );
  });

  it('leaves the breaking of lines to whoever reads it, and comes to the point first', () => {
    const lines = mail(aRequest('r1')).text.split('\n');
    const [first = ''] = lines;
    expect(first).toBe('Held: my-bad-policy would grant s3:DeleteBucket');
    expect(lines.filter((line) => line.startsWith('If denied: '))).toEqual([expect.stringMatching(/\.$/)]);
    const at = (text: string) => lines.findIndex((line) => line.startsWith(text));
    const order = ['Reaches: ', 'Before: ', 'Approve: ', 'WHAT HAPPENED', 'WHAT IT GRANTS'].map(at);
    expect(order).toEqual(order.toSorted((one, other) => one - other));
    expect(order).not.toContain(-1);
  });

  it('says how many approvals are needed, which are there, and that the links are one vote', () => {
    const votes = [{ by: { name: 'Ada' }, via: 'slack', at: APPROVED.at }] as const;
    const text = flat(mail(aRequest('r1', { approvalsNeeded: 2, votes: [...votes] })).text);
    expect(text).toContain('Approvals: 2 approvals are needed, 1 is there (Ada), 1 missing');
    expect(text).toContain('Approvals by links in e-mails count as one vote together.');
  });

  it('says why the requester is not known, which takes a second approver', () => {
    const requester = { status: 'unmatched', why: 'Nobody has that address.' } as const;
    expect(flat(mail(aRequest('r1', { requester })).text)).toContain(
      'The requester is not known in Slack: Nobody has that address.',
    );
  });
});

describe('the links of an e-mail', () => {
  const PERMALINK = 'https://sandbox.slack.com/archives/C1/p1';
  const posted = aRequest('r1', { slack: { channel: 'C1', ts: '1.0', permalink: PERMALINK } });
  const ours = (text: string) => text.match(/https:\/\/guard\.example\.com\/decide\S+/g) ?? [];

  it('are only the one to deny, where only that is allowed', () => {
    const { text } = mail(posted, 'deny-only');
    expect(ours(text)).toEqual([expect.stringContaining('decision=deny')]);
    expect(text).toContain('It is approved in Slack only.');
    expect(text).toContain(`In Slack: ${PERMALINK}`);
  });

  it('are none, where none is allowed, and the e-mail says where to decide', () => {
    const emails = [
      mail(posted, 'off'),
      reminderEmail(describeRequest(posted), links(posted, 'off'), []),
      undecidedEmail(describeRequest(posted), links(posted, 'off'), []),
    ];
    for (const { text } of emails) {
      expect(ours(text)).toEqual([]);
      expect(text).toContain('It is decided in Slack only.');
      expect(text).toContain(`In Slack: ${PERMALINK}`);
    }
  });

  it('need no key where none is allowed', () => {
    expect(() =>
      decisionLinks(posted, { settings: { EMAIL_LINKS: 'off', PUBLIC_URL }, sent: SENT, key: '' }),
    ).not.toThrow();
  });

  it('are not all there is to go by when the request is not in Slack yet', () => {
    expect(flat(mail(aRequest('r1'), 'off').text)).toContain('it is posted with the next reminder');
  });
});

describe('the e-mail of a reminder', () => {
  const request = aRequest('r1');
  const others = [aRequest('r2'), aRequest('r3')].map(describeRequest);

  it('says that it is one, with both links', () => {
    const { subject, text } = reminderEmail(describeRequest(request), links(request), []);
    expect(subject).toBe('Policy Guard: still waiting for a decision about my-bad-policy');
    expect(text).toMatch(/^Still waiting for a decision\./);
    expect(text.match(/^(Approve|Deny): /gm)).toEqual(['Approve: ', 'Deny: ']);
  });

  it('tells the administrator that nobody has decided', () => {
    const { subject, text } = undecidedEmail(describeRequest(request), links(request), []);
    expect(subject).toBe('Policy Guard: nobody has decided about my-bad-policy');
    expect(text).toMatch(/^Nobody has decided since 2026-03-01 12:00:04 UTC/);
  });

  it.each([reminderEmail, undecidedEmail])('names the others that it is about', (email) => {
    const { text } = email(describeRequest(request), links(request), others);
    for (const id of ['r2', 'r3']) expect(flat(text)).toContain(`(request ${id})`);
  });
});

describe('the e-mail of an outcome', () => {
  it('says who has voted, how long it took, and what was break glass', () => {
    const vote = { by: { name: 'Devon' }, via: 'slack', at: APPROVED.at } as const;
    const request = aRequest('r1', {
      ...{ status: 'closed', decision: APPROVED, outcome: 'approved', closedAt: APPROVED.at },
      votes: [{ ...vote, reason: 'Production is down.', breakGlass: true }],
    });
    const outcome = describeOutcome({ ...request, outcome: 'approved', closedAt: APPROVED.at });
    const { subject, text } = outcomeEmail(describeRequest(request), outcome, true);
    expect(subject).toBe('Policy Guard: BREAK GLASS: approved: my-bad-policy');
    expect(flat(text)).toContain(
      'Vote: Devon, the requester, in Slack, 2026-03-01 12:05:00 UTC: Production is down.',
    );
    expect(text).toContain('It took: 4 min 56 s');
  });
});

describe('foreign text', () => {
  const request = hostile();
  const view = describeRequest(request);
  const change = describeChange(request.change, request.inspection);
  const failure = { Error: 'x\nApprove: https://evil.example', Cause: 'x\nDeny: https://evil.example' };
  const executionArn = request.executionArn;
  const summary = describeSummary(
    [{ ...request, outcome: 'exempt', exemption: { pattern: evil, until: evil, reason: evil } }],
    new Date(request.createdAt),
    1_000,
  ) as DescribedSummary;
  const emails = {
    request: mail(request),
    reminder: reminderEmail(view, links(request), [view]),
    undecided: undecidedEmail(view, links(request), [view]),
    observed: observedEmail(view, 'Approve: https://evil.example'),
    summary: summaryEmail(summary),
    outcome: outcomeEmail(
      view,
      describeOutcome({ ...request, outcome: 'approved', closedAt: APPROVED.at }),
      true,
    ),
    allowed: allowedEmail({ ...change, reason: 'Approve: https://evil.example' }),
    endedEarly: endedEarlyEmail(change, 'gone', 'x https://evil.example'),
    covered: coveredEmail(change, 'r1'),
    escalation: escalationEmail(describeEscalation({ ...request, quarantined: true, failure, executionArn })),
  };

  it.each(Object.entries(emails))('adds no line, no link and no decision to the e-mail %s', (_, { text }) => {
    const hosts = (text.match(/https?:\/\/[^\s/]+/g) ?? []).map((found) => new URL(found).host);
    expect(new Set(hosts)).not.toContain('evil.example');
    expect(text).not.toMatch(/(^|\s)www\./m);
    for (const line of text.match(/^(Approve|Deny):.*$/gm) ?? []) {
      expect(line).toMatch(/^(Approve|Deny): https:\/\/guard\.example\.com\/decide\?/);
    }
  });

  it.each(Object.entries(emails))('leaves the subject of %s one short line of ASCII', (_, { subject }) => {
    expect(subject).toMatch(/^Policy Guard: [\x20-\x7e]+$/);
    expect(subject.length).toBeLessThan(100);
  });
});

describe('a subject', () => {
  it('is cut where a name is too long, and shows what is not ASCII as a question mark', () => {
    const target = {
      type: 'managed-policy',
      policyArn: `arn:aws:iam::1:policy/é${'x'.repeat(128)}`,
      versionId: 'v1',
    } as const;
    const { subject } = mail(aRequest('r1', { change: aChange({ target }) }));
    expect(subject).toHaveLength(99);
    expect(subject).toMatch(/^Policy Guard: decide about \?x+\.\.\.$/);
  });
});
