import { expect, it } from 'vitest';
import type { Environment } from '../../../workflow/runtime/settings/settings.ts';
import { synthesiseOnce } from '../../support/synthesise.ts';

const COMPLETE = {
  ...{ SLACK_CHANNEL: 'C1SECURITY', SLACK_TEAM_ID: 'T1SECURITY', APPROVERS: 'S1SECURITY' },
  ADMIN_EMAIL: 'admin@example.com',
};

const warnings = (settings: Environment) =>
  synthesiseOnce({ settings: { ...COMPLETE, ...settings } }).messages.map((text) =>
    text.replace(/ \[ack:.*$/, ''),
  );

it('says nothing where there is nothing to say', () => {
  expect(warnings({})).toEqual([]);
});

it.each([
  ['that nothing is quarantined', { MODE: 'observe' }, /^MODE is observe: NOTHING IS QUARANTINED/],
  [
    'that reminders never come',
    { REMINDER_SECONDS: '86400' },
    /^REMINDER_SECONDS \(86400\) is not less than/,
  ],
  [
    'that the administrator is never told',
    { REQUEST_TIMEOUT_SECONDS: '7200' },
    /^ADMIN_EMAIL_SECONDS \(43200\) is not less than REQUEST_TIMEOUT_SECONDS \(7200\)/,
  ],
  ['that one approver is not enough', { APPROVERS: 'U0ADALOVE' }, /^APPROVERS names one person/],
  [
    'that an entry names no action, and which was probably meant',
    { RESTRICTED_ACTIONS: 's3:DeleteBuckets,iam:PassRole' },
    /^RESTRICTED_ACTIONS: s3:DeleteBuckets names no action .*; did you mean s3:DeleteBucket\?$/,
  ],
  ['that nobody hears of alarms', { ADMIN_EMAIL: '' }, /^ADMIN_EMAIL is not set/],
] as const)('says %s', (_, settings, warning) => {
  expect(warnings(settings)).toEqual([expect.stringMatching(warning)]);
});

it('names the exemptions that have ended, and no others', () => {
  const [warning, ...others] = warnings({
    EXEMPT_REQUESTERS:
      'arn:aws:iam::123456789012:role/old until 2020-02-29: the move; arn:aws:iam::123456789012:role/new until 2099-12-31: the next move',
  });
  expect(others).toEqual([]);
  expect(warning).toContain('arn:aws:iam::123456789012:role/old (until 2020-02-29)');
  expect(warning).not.toContain('role/new');
});
