import fc from 'fast-check';
import { expect } from 'vitest';
import type { Message } from '../../bot/media/slack/blocks/types.ts';
import { LONGEST_REMARK } from '../../bot/notices/remarks.ts';
import type { Target } from '../../workflow/events/change.ts';
import type { Finding } from '../../workflow/inspection/finding.ts';
import { pack } from '../../workflow/inspection/packed-document.ts';
import { MOST_REMARKS } from '../../workflow/ledger/remarks.ts';
import type { ApprovalRequest, Remark } from '../../workflow/ledger/request.ts';
import { blockKitProblems, specials } from './block-kit.ts';
import { aChange, aRequest } from './requests.ts';

/** What somebody would write who wants to be heard, believed or obeyed by the wrong people. */
const ATTACKS = [
  '<!channel>',
  '<@U0ADALOVE>',
  '<https://evil.example|Approve here>',
  '` <!here> `',
  '```',
  '*Approved by Ada*',
  '> quoted',
  '&lt;!channel&gt;',
  '\u202egnihton stnarg',
  'a\nb\r\nc',
  '|',
  '𐐷'.repeat(50),
  '&'.repeat(3_000),
  '<'.repeat(500),
  'x'.repeat(20_000),
];

export const hostileText = fc.oneof(
  fc.constantFrom(...ATTACKS),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

const entity = fc.constantFrom('user' as const, 'group' as const, 'role' as const);

const target: fc.Arbitrary<Target> = fc.oneof(
  fc.record({ type: fc.constant('managed-policy' as const), policyArn: hostileText, versionId: hostileText }),
  fc.record({
    type: fc.constant('inline-policy' as const),
    entity,
    entityName: hostileText,
    policyName: hostileText,
  }),
  fc.record({
    type: fc.constant('attachment' as const),
    entity,
    entityName: hostileText,
    policyArn: hostileText,
  }),
);

export const finding: fc.Arbitrary<Finding> = fc.record(
  {
    restricted: hostileText,
    grantedBy: hostileText,
    statement: fc.nat(1_000),
    sid: hostileText,
    resources: fc.array(hostileText, { maxLength: 30 }),
    conditional: fc.boolean(),
    condition: hostileText,
    set: hostileText,
    why: hostileText,
  },
  { requiredKeys: ['restricted', 'grantedBy', 'statement', 'resources', 'conditional'] },
);

const remark: fc.Arbitrary<Remark> = fc.record({
  kind: fc.constantFrom('question' as const, 'answer' as const, 'reason' as const),
  by: fc.record({ name: hostileText }),
  at: fc.constant('2026-03-01T12:01:00.000Z'),
  text: hostileText.map((text) => text.slice(0, LONGEST_REMARK)),
});

/** Requests as bad as they can be: every foreign text hostile, every list long. */
export const hostileRequest: fc.Arbitrary<ApprovalRequest> = fc
  .record({
    target,
    eventName: fc.oneof(fc.constantFrom('CreatePolicy', 'PutRolePolicy'), hostileText),
    label: hostileText,
    details: fc.record({ arn: hostileText, via: hostileText, sourceIp: hostileText, userAgent: hostileText }),
    findings: fc.array(finding, { maxLength: 60 }),
    unreadable: fc.option(hostileText, { nil: undefined }),
    more: fc.nat(100_000),
    document: hostileText,
    accountId: hostileText,
    remarks: fc.array(remark, { maxLength: 2 * MOST_REMARKS }),
  })
  .map(({ target, eventName, label, details, findings, unreadable, more, document, accountId, remarks }) =>
    aRequest('r1a2b3c4d5e6', {
      change: aChange({
        ...{ target, eventName, accountId },
        requester: { type: 'AssumedRole', label, names: [label], ...details },
      }),
      inspection: {
        findings,
        total: findings.length + more,
        ...(unreadable === undefined ? {} : { unreadable }),
      },
      document: pack(document),
      remarks,
    }),
  );

type MakeMessages = (request: ApprovalRequest, text: string) => Message[];

const forAllMessages = (make: MakeMessages, numRuns: number, check: (message: Message) => void) =>
  fc.assert(
    fc.property(hostileRequest, hostileText, (request, text) => make(request, text).forEach(check)),
    { numRuns },
  );

/** Slack takes every message, whatever it is about. */
export function expectWithinLimits(make: MakeMessages, numRuns: number): void {
  forAllMessages(make, numRuns, ({ blocks, text }) => {
    expect(blockKitProblems(blocks, 'message')).toEqual([]);
    expect(text.length).toBeGreaterThan(0);
    expect(text.length).toBeLessThanOrEqual(4_000);
  });
}

/** Nothing stands between angle brackets but what is `ours`, whatever a message is about. */
export function expectNoOtherSpecials(make: MakeMessages, ours: RegExp, numRuns: number): void {
  forAllMessages(make, numRuns, ({ blocks, text }) => {
    const found = [...specials(blocks), ...specials({ text })];
    expect(found.filter((special) => !ours.test(special))).toEqual([]);
  });
}
