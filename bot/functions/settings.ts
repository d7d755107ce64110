import type { SettingName } from '../../workflow/runtime/settings/schema.ts';

/** The settings that each function reads, besides the lists, and that whoever runs it gives it. */

export const NOTIFY_SETTINGS = [
  'SLACK_CHANNEL',
  'SLACK_TEAM_ID',
  'SLACK_API_URL',
  'SLACK_SECRET_ARN',
  'LINK_SECRET_ARN',
  'TOPIC_ARN',
  'TABLE_NAME',
  'PUBLIC_URL',
  'ADMIN_EMAIL',
  'APPROVERS',
  'APPROVALS_REQUIRED',
  'BREAK_GLASS',
  'REQUESTER_EMAIL_DOMAIN',
  'FEDERATED_ROLES',
  'EMAIL_LINKS',
  'REQUEST_TIMEOUT_SECONDS',
  'REMINDER_SECONDS',
  'ADMIN_EMAIL_SECONDS',
  'NOTIFY_ALLOWED',
  'LOG_LEVEL',
] as const satisfies readonly SettingName[];

export const SLACK_SETTINGS = [
  'SLACK_CHANNEL',
  'SLACK_TEAM_ID',
  'SLACK_API_URL',
  'SLACK_SECRET_ARN',
  'TABLE_NAME',
  'TOPIC_ARN',
  'APPROVERS',
  'APPROVALS_REQUIRED',
  'EMAIL_LINKS',
  'BREAK_GLASS',
  'MODE',
  'ATTACHMENTS',
  'REQUEST_TIMEOUT_SECONDS',
  'REMINDER_SECONDS',
  'ADMIN_EMAIL_SECONDS',
  'PUBLIC_URL',
  'EVENT_RULE_NAME',
  'ADMIN_EMAIL',
  'LOG_LEVEL',
] as const satisfies readonly SettingName[];

export const EMAIL_SETTINGS = [
  'LINK_SECRET_ARN',
  'TABLE_NAME',
  'EMAIL_LINKS',
  'ADMIN_EMAIL',
  'LOG_LEVEL',
] as const satisfies readonly SettingName[];

export const INSTALL_SETTINGS = [
  'SLACK_SECRET_ARN',
  'LINK_SECRET_ARN',
  'SLACK_TEAM_ID',
  'SLACK_API_URL',
  'PUBLIC_URL',
  'LOG_LEVEL',
] as const satisfies readonly SettingName[];
