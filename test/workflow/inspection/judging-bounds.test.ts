import { describe, expect, it } from 'vitest';
import { readManagedPolicies } from '../../../infra/cli/managed-policies/read-managed-policies.ts';
import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';
import { lists, measureJudging, measureWorst } from '../../bench/judging.ts';
import { worstDocuments } from '../../bench/worst-documents.ts';

/** Several times what it is in `workflow/inspection/README.md`: a test measures in bad company. */
const BROKEN = 20;

describe('judging', () => {
  it('takes a few times as long as JSON.parse of the same documents, however long the list', () => {
    const documents = readManagedPolicies().map(({ document }) => document);
    for (const { what, ratio } of measureJudging(documents, 100)) {
      expect([what, ratio < BROKEN]).toEqual([what, true]);
    }
  });

  it('takes not many times as long as JSON.parse of the worst documents together', () => {
    const ratios = measureWorst(5).filter(({ ratio }) => Number.isFinite(ratio) && ratio > 0);
    const judging = ratios.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
    const parsing = ratios.reduce((sum, { milliseconds, ratio }) => sum + milliseconds / ratio, 0);
    expect(judging / parsing).toBeLessThan(3 * BROKEN);
  });
});

it.each(Object.entries(worstDocuments))(
  'has a bounded number of findings in a document of %s',
  (_what, make) => {
    const [, recommended = []] = Object.values(lists());
    expect(inspectDocument(make(131_072), recommended).findings.length).toBeLessThanOrEqual(
      1_000 + recommended.length,
    );
  },
);

it('holds what asks for more comparing than any policy that IAM takes', () => {
  const actions = Array.from({ length: 12_000 }, (_, index) => `*:*${index.toString(36)}x*`);
  const text = JSON.stringify({ Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] });
  const [, recommended = []] = Object.values(lists());
  expect(inspectDocument(text, recommended)).toMatchObject({
    restricted: true,
    unreadable: 'Not a policy that can be read: it has more wildcards than any policy that IAM takes.',
  });
});
