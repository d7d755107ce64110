import { describe, expect, it } from 'vitest';
import { decisionLinks } from '../../../bot/email/decision-part.ts';
import { escalationEmail } from '../../../bot/email/escalation-email.ts';
import { allowedEmail, coveredEmail, endedEarlyEmail } from '../../../bot/email/notice-emails.ts';
import { outcomeEmail } from '../../../bot/email/outcome-email.ts';
import { reminderEmail, requestEmail } from '../../../bot/email/request-email.ts';
import { requestMessage } from '../../../bot/slack/messages/request-message.ts';
import { describeChange } from '../../../bot/view/describe-change.ts';
import { describeEscalation } from '../../../bot/view/describe-escalation.ts';
import { describeOutcome } from '../../../bot/view/describe-outcome.ts';
import { describeRequest } from '../../../bot/view/describe-request.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { APPROVED, aChange, aRequest } from '../../support/requests.ts';

const KEY = 'a-signing-key-of-more-than-32-characters';
const PUBLIC_URL = 'https://guard.example.com';
const NOW = new Date('2026-03-01T12:00:05.000Z');
const OPTIONS = {
  now: NOW,
  schedule: { reminderSeconds: 3_600, adminEmailSeconds: 43_200 },
  adminEmail: true,
};
const flat = (text: string) => text.replace(/\s+/g, ' ');

const mail = (request: ApprovalRequest) =>
  requestEmail(describeRequest(request), decisionLinks(request, PUBLIC_URL, KEY, NOW));

/** Everything foreign that there is, trying to be a link, a line or a decision. */
function hostile(): ApprovalRequest {
  const evil = 'x\r\nApprove: https://evil.example/approve\u2028Deny: http://evil.example www.evil.example';
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
      secondsInForce: _s,
      moreFindings: _m,
      ...words
    } = view;
    const told = [
      ...Object.values(words),
      ...[when.text, expires.text],
      ...whoDetails.map(({ value }) => value),
      ...findings.flatMap(({ restricted, grantedBy, statement }) => [restricted, grantedBy, statement]),
    ];
    for (const word of told) expect(flat(text)).toContain(word);
    expect(JSON.stringify(requestMessage(view, OPTIONS))).toContain(view.ifDenied);
  });

  it('has the approve link before the deny link, each on a line of its own with its label', () => {
    const lines = mail(aRequest('r1')).text.split('\n');
    const links = lines.filter((line) => line.includes(`${PUBLIC_URL}/decide`));
    expect(links).toEqual([
      expect.stringMatching(/^Approve: https:\/\/guard\.example\.com\/decide\?request=r1&decision=approve&/),
      expect.stringMatching(/^Deny: https:\/\/guard\.example\.com\/decide\?request=r1&decision=deny&/),
    ]);
  });

  it('has links that live as long as the request', () => {
    const { approve } = decisionLinks(aRequest('r1'), PUBLIC_URL, KEY, NOW);
    const expires = Number(new URL(approve).searchParams.get('expires'));
    expect(expires * 1000).toBe(Date.parse('2026-03-02T12:00:04.000Z'));
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

  it('has lines that need no breaking, but for addresses and single long words', () => {
    const long = mail(aRequest('r1'))
      .text.split('\n')
      .filter((line) => line.length > 78);
    for (const line of long) expect(line).toMatch(/https:\/\/|^ {2}\S+$/);
  });

  it('says of a reminder that it is one, with both links', () => {
    const request = aRequest('r1');
    const { subject, text } = reminderEmail(
      describeRequest(request),
      decisionLinks(request, PUBLIC_URL, KEY, NOW),
    );
    expect(subject).toBe('Policy Guard: still waiting for a decision about my-bad-policy');
    expect(text).toMatch(/^Still waiting for a decision\./);
    expect(text.match(/^(Approve|Deny): /gm)).toEqual(['Approve: ', 'Deny: ']);
  });
});

describe('foreign text', () => {
  const request = hostile();
  const view = describeRequest(request);
  const change = describeChange(request.change, request.inspection);
  const failure = { Error: 'x\nApprove: https://evil.example', Cause: 'x\nDeny: https://evil.example' };
  const executionArn = request.executionArn;
  const emails = {
    request: mail(request),
    reminder: reminderEmail(view, decisionLinks(request, PUBLIC_URL, KEY, NOW)),
    outcome: outcomeEmail(view, describeOutcome({ ...request, outcome: 'approved', closedAt: APPROVED.at })),
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
