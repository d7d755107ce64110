import { describe, expect, it } from 'vitest';
import type { Mode } from '../../../workflow/inspection/finding.ts';
import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';
import { mustQuarantine } from '../../../workflow/inspection/must-quarantine.ts';

const RESTRICTED = [
  { pattern: 's3:DeleteBucket' },
  { pattern: 's3:DeleteObject', mode: 'enforce' as const },
  { pattern: 's3:GetObject', mode: 'observe' as const },
];

const granting = (...actions: string[]) =>
  inspectDocument(
    JSON.stringify({ Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }] }),
    RESTRICTED,
  );

describe.each<[Mode, boolean]>([
  ['enforce', true],
  ['observe', false],
])('with MODE %s', (mode, byMode) => {
  it.each([
    ['nothing restricted', granting('ec2:Describe*'), false],
    ['an action without a mode', granting('s3:DeleteBucket'), byMode],
    ['an action that is enforced', granting('s3:DeleteObject'), true],
    ['an action that is observed', granting('s3:GetObject'), false],
    ['an observed one, then an enforced one', granting('s3:GetObject', 's3:DeleteObject'), true],
    ['an observed one and one without a mode', granting('s3:GetObject', 's3:DeleteBucket'), byMode],
    ['all of them by one wildcard', granting('s3:*'), true],
    ['what can’t be read, which may be what is enforced', inspectDocument('{', RESTRICTED), true],
    [
      'an enforced one in what can’t be read whole',
      { ...granting('s3:DeleteObject'), unreadable: 'It is odd.' },
      true,
    ],
    [
      'an observed one in what can’t be read whole',
      { ...granting('s3:GetObject'), unreadable: 'Odd.' },
      true,
    ],
  ])('a document that grants %s', (_what, inspection, quarantined) => {
    expect(mustQuarantine(inspection, { restricted: RESTRICTED, mode })).toBe(quarantined);
  });
});

it.each<[Mode, boolean]>([
  ['enforce', true],
  ['observe', false],
])('with no entry enforced by itself, MODE %s decides about what can’t be read', (mode, quarantined) => {
  const restricted = [{ pattern: 's3:GetObject', mode: 'observe' as const }, { pattern: 's3:DeleteBucket' }];
  expect(mustQuarantine({ findings: [], unreadable: 'Odd.' }, { restricted, mode })).toBe(quarantined);
});

it('sees an enforced action behind a thousand observed ones', () => {
  const observed = Array.from({ length: 2_000 }, (_, index) => `s3:GetObject${index}`);
  const restricted = [{ pattern: 's3:GetObject*', mode: 'observe' as const }, ...RESTRICTED].concat(
    observed.map((pattern) => ({ pattern, mode: 'observe' as const })),
  );
  const statements = [{ Effect: 'Allow', Action: [...observed, 's3:DeleteObject'], Resource: '*' }];
  const inspection = inspectDocument(JSON.stringify({ Statement: statements }), restricted);
  expect(mustQuarantine(inspection, { restricted, mode: 'observe' })).toBe(true);
});
