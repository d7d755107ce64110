import { expect, it } from 'vitest';
import { breadthOf } from '../../../workflow/inspection/breadth.ts';
import type { Finding } from '../../../workflow/inspection/finding.ts';
import { grantFacts } from '../../../workflow/inspection/grant-facts.ts';
import { summarise } from '../../../workflow/inspection/summarise.ts';

const finding: Finding = {
  restricted: 's3:DeleteBucket',
  grantedBy: 's3:*',
  statement: 0,
  resources: ['*'],
  conditional: false,
};

const many = <T>(length: number, make: (index: number) => T) =>
  Array.from({ length }, (_, index) => make(index));

it('keeps a small inspection as it is', () => {
  const full = {
    ...finding,
    sid: 'A',
    condition: '{"Bool":{}}',
    set: '@data-destruction',
    why: 'It deletes.',
  };
  expect(summarise({ restricted: true, findings: [full] })).toEqual({
    findings: [full],
    total: 1,
    grants: grantFacts([full], breadthOf(undefined)),
  });
});

it('keeps at most 40 findings, and the true total', () => {
  const summary = summarise({
    restricted: true,
    findings: many(100, (statement) => ({ ...finding, statement })),
  });
  expect(summary.findings.map(({ statement }) => statement)).toEqual(many(40, (index) => index));
  expect(summary.total).toBe(100);
});

it('keeps ten resources of a finding, and says how many more there are', () => {
  const resources = many(25, (index) => `arn:aws:s3:::bucket-${index}`);
  const [kept] = summarise({ restricted: true, findings: [{ ...finding, resources }] }).findings;
  expect(kept?.resources).toEqual([...resources.slice(0, 10), '… and 15 more']);
});

it.each(['grantedBy', 'sid', 'condition'] as const)('clips a long %s', (field) => {
  const [kept] = summarise({
    restricted: true,
    findings: [{ ...finding, [field]: 'x'.repeat(9_000) }],
  }).findings;
  expect(kept?.[field]).toBe(`${'x'.repeat(511)}…`);
});

it('clips the reason why a document is unreadable', () => {
  const { unreadable } = summarise({ restricted: true, findings: [], unreadable: 'y'.repeat(9_000) });
  expect(unreadable).toHaveLength(512);
});

it('stays small in bytes, whatever the findings hold', () => {
  const wide = '\u{1F5DD}'.repeat(5_000);
  const findings = many(1_000, () => ({
    ...finding,
    grantedBy: wide,
    sid: wide,
    condition: wide,
    resources: many(50, () => wide),
  }));
  const summary = summarise({ restricted: true, findings });
  expect(Buffer.byteLength(JSON.stringify(summary))).toBeLessThan(50_000);
  expect(summary.findings.length).toBeGreaterThan(0);
  expect(summary.total).toBe(1_000);
});
