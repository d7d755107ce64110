import type { RequestMessageOptions } from '../../bot/notices/request/message.ts';

/** An hour after the sample's request; Robin and a group may decide. */
export const MESSAGE_OPTIONS: RequestMessageOptions = {
  now: new Date('2026-03-01T13:00:00.000Z'),
  breakGlass: false,
  approvers: ['U0ADA', 'S0SECURITY'],
  notify: undefined,
  mentionFrom: 'high',
  accountNames: [],
};

/** When people are told again, unless a test says otherwise. */
export const SCHEDULE = {
  ACCOUNT_NAMES: [] as string[],
  REMINDER_SECONDS: 3_600,
  ADMIN_EMAIL_SECONDS: 43_200,
  ADMIN_EMAIL: 'admin@example.com',
};
