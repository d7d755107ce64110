import { describe, expect, test } from 'vitest';
import { readSettings } from '../../../../workflow/runtime/settings/settings.ts';
import { problemsOf } from '../../../support/problems-of.ts';

describe('settings', () => {
  test('fall back to the documented defaults', () => {
    const names = [
      'REQUEST_TIMEOUT_SECONDS',
      'REMINDER_SECONDS',
      'ADMIN_EMAIL_SECONDS',
      'NOTIFY_ALLOWED',
      'APPROVALS_REQUIRED',
      'EMAIL_LINKS',
      'BREAK_GLASS',
      'MODE',
      'FEDERATED_ROLES',
    ] as const;
    expect(readSettings({}, names)).toEqual({
      REQUEST_TIMEOUT_SECONDS: 86_400,
      REMINDER_SECONDS: 3_600,
      ADMIN_EMAIL_SECONDS: 43_200,
      NOTIFY_ALLOWED: 'off',
      APPROVALS_REQUIRED: 1,
      EMAIL_LINKS: 'approve-and-deny',
      BREAK_GLASS: false,
      MODE: 'enforce',
      FEDERATED_ROLES: [],
    });
  });

  test.each([undefined, '', ' , '])('have no approvers by default: %j is refused', (APPROVERS) => {
    expect(problemsOf(() => readSettings({ APPROVERS }, ['APPROVERS']))).toHaveLength(1);
  });

  test('take an empty value for an absent one, as .env files have them', () => {
    expect(readSettings({ NOTIFY_ALLOWED: '  ' }, ['NOTIFY_ALLOWED'])).toEqual({ NOTIFY_ALLOWED: 'off' });
  });

  test('read lists with white space around the commas', () => {
    expect(readSettings({ APPROVERS: 'U012AB, S034CD ,' }, ['APPROVERS']).APPROVERS).toEqual([
      'U012AB',
      'S034CD',
    ]);
  });

  test('name every bad key at once, with what it is and what it must be', () => {
    const problems = problemsOf(() =>
      readSettings({ REQUEST_TIMEOUT_SECONDS: '1h', NOTIFY_ALLOWED: 'pager', ADMIN_EMAIL: 'nobody' }, [
        'REQUEST_TIMEOUT_SECONDS',
        'NOTIFY_ALLOWED',
        'ADMIN_EMAIL',
        'SLACK_CHANNEL',
      ]),
    );
    expect(problems).toEqual([
      'REQUEST_TIMEOUT_SECONDS: must be a whole number of seconds (it is "1h")',
      'NOTIFY_ALLOWED: must be off, slack or email (it is "pager")',
      'ADMIN_EMAIL: must be an e-mail address (it is "nobody")',
      'SLACK_CHANNEL: is missing',
    ]);
  });

  test.each([
    ['SLACK_CHANNEL', '#security'],
    ['SLACK_TEAM_ID', 'acme'],
    ['SLACK_API_URL', 'javascript:alert(1)'],
    ['REQUEST_TIMEOUT_SECONDS', '0'],
    ['REQUEST_TIMEOUT_SECONDS', '15552001'],
    ['APPROVERS', 'ada@example.com'],
    ['APPROVALS_REQUIRED', '0'],
    ['APPROVALS_REQUIRED', '11'],
    ['BREAK_GLASS', 'yes'],
    ['MODE', 'off'],
    ['EMAIL_LINKS', 'deny'],
    ['REQUESTER_EMAIL_DOMAIN', '@example.com'],
    ['FEDERATED_ROLES', 'deployer'],
    ['ATTACHMENTS', 'never'],
    ['CONTAIN_ROLE_ARN', 'policy-guard-contain'],
  ] as const)('refuse %s=%s', (name, value) => {
    expect(problemsOf(() => readSettings({ [name]: value }, [name]))).toHaveLength(1);
  });
});
