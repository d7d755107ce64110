import { expect, it } from 'vitest';
import { assertConsistent } from '../../../infra/settings/assert-consistent.ts';

it.each([
  [2, ['U0ADALOVE', 'U0GRACEHO']],
  [3, ['U0ADALOVE', 'S0SECURIT']],
])('takes %i approvals by %j: a group may have any number of people', (APPROVALS_REQUIRED, APPROVERS) => {
  expect(() => assertConsistent({ APPROVALS_REQUIRED, APPROVERS })).not.toThrow();
});

it('refuses more approvals than people are listed, and counts nobody twice', () => {
  const settings = { APPROVALS_REQUIRED: 2, APPROVERS: ['U0ADALOVE', 'U0ADALOVE'] };
  expect(() => assertConsistent(settings)).toThrow(
    'APPROVALS_REQUIRED: 2 people have to approve, and APPROVERS names 1',
  );
});
