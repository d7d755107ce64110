import { LONGEST_REMARK } from '../../bot/notices/remarks.ts';
import type { RestrictedAction } from '../../workflow/inspection/finding.ts';
import { inspectDocument } from '../../workflow/inspection/inspect-document.ts';
import { pack } from '../../workflow/inspection/packed-document.ts';
import { namedSets } from '../../workflow/inspection/restricted-actions/named-set.ts';
import { summarise } from '../../workflow/inspection/summarise.ts';
import { MOST_REMARKS } from '../../workflow/ledger/remarks.ts';
import type { ApprovalRequest } from '../../workflow/ledger/request.ts';
import { aChange, aRequest } from './requests.ts';

/** Every action of the named sets. */
const ALL_SETS: readonly RestrictedAction[] = namedSets.flatMap(({ name, actions }) =>
  actions.map(({ pattern, why }) => ({ pattern, why, set: name, severity: 'critical' as const })),
);

const allow = (Action: string | string[], Resource: string | string[] = '*', more: object = {}) => ({
  Effect: 'Allow',
  ...{ Action, Resource },
  ...more,
});

/** What a document of these statements comes to, with every restricted action that there is. */
function inspected(...Statement: object[]): Pick<ApprovalRequest, 'inspection' | 'document'> {
  const document = JSON.stringify({ Version: '2012-10-17', Statement });
  return { inspection: summarise(inspectDocument(document, ALL_SETS), document), document: pack(document) };
}

/** A name as long as IAM takes. */
const LONG = 'W'.repeat(128);

const crowd = Array.from({ length: 60 }, (_, index) => `role/${LONG.slice(4)}${index}`);

/** Requests whose messages would be the longest that there are, by name. */
export const WORST: Readonly<Record<string, ApprovalRequest>> = {
  'a full administrator': aRequest('r1a2b3c4d5e6', {
    ...inspected(allow('*')),
    surroundings: { attachedTo: crowd },
  }),
  'names of 128 characters': aRequest('r1a2b3c4d5e6', {
    ...inspected(
      ...[0, 1, 2, 3, 4].map((index) =>
        allow(
          namedSets.flatMap(({ actions }) =>
            actions.slice(index * 10, index * 10 + 10).map(({ pattern }) => pattern),
          ),
          [`arn:aws:iam::123456789012:role/${LONG}`, `arn:aws:iam::123456789012:role/x${LONG}`],
          {
            Sid: LONG,
            Condition: { StringLike: { 'aws:PrincipalArn': `arn:aws:iam::123456789012:role/${LONG}` } },
          },
        ),
      ),
    ),
    change: aChange({
      requester: {
        type: 'AssumedRole',
        label: `${LONG} (Identity Center, permission set ${LONG}, source identity ${LONG})`,
        names: [LONG],
        sourceIp: '2001:0db8:85a3:0000:0000:8a2e:0370:7334',
        userAgent: LONG.repeat(8),
      },
      target: { type: 'inline-policy', entity: 'role', entityName: LONG, policyName: LONG },
    }),
    containment: { type: 'inline-policy' },
    surroundings: { attachedTo: crowd },
    remarks: Array.from({ length: 2 * MOST_REMARKS }, (_, index) => ({
      kind: index % 2 === 0 ? ('question' as const) : ('answer' as const),
      by: { name: LONG },
      at: '2026-03-01T12:01:00.000Z',
      text: '&'.repeat(LONGEST_REMARK),
    })),
    earlier: { requests: 20, approved: 11, denied: 9, orMore: true },
  }),
  'a document that cannot be read': aRequest('r1a2b3c4d5e6', {
    inspection: { findings: [], total: 0, unreadable: `Not a policy that can be read: ${LONG.repeat(3)}.` },
  }),
};
