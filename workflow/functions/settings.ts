import type { SettingName } from '../runtime/settings/schema.ts';

/** The settings that each function reads, besides the lists, and that whoever runs it gives it. */

export const INSPECT_SETTINGS = [
  'MODE',
  'ATTACHMENTS',
  'NOTIFY_ALLOWED',
  'TABLE_NAME',
  'CONTAIN_ROLE_ARN',
  'LOG_LEVEL',
] as const satisfies readonly SettingName[];

export const CONTAIN_SETTINGS = [
  'MODE',
  'ATTACHMENTS',
  'TABLE_NAME',
  'CONTAIN_ROLE_ARN',
  'LOG_LEVEL',
] as const satisfies readonly SettingName[];
