import type { ListSetting } from '../../workflow/settings/read-list.ts';
import type { SettingName } from '../../workflow/settings/schema.ts';

/** What a function needs from whoever runs it, and why its numbers are what they are. */
export interface FunctionSpec {
  description: string;
  /** Seconds. */
  timeout: number;
  /** MB; Lambda gives CPU in proportion. */
  memory: number;
  /** The lists it reads, which travel as files next to its code: an environment holds 4 KB and a list may be longer. */
  lists: readonly ListSetting[];
  /** The settings it is given, besides the lists. */
  settings: readonly SettingName[];
}

/** 512 MB load a bundle in a fraction of a second; below that Lambda gives less than a third of a core. */
const MEMORY = 512;

export const FUNCTION_SPECS = {
  inspect: {
    description: 'Policy Guard: judges a change against the restricted actions; reads IAM',
    // Just under the 60 s that the state machine gives the task, so that Lambda's own error comes first.
    timeout: 55,
    // The grant is in force while this runs, and a cold start counts.
    memory: 1024,
    lists: ['RESTRICTED_ACTIONS', 'EXEMPT_REQUESTERS'],
    settings: ['MODE', 'ATTACHMENTS', 'NOTIFY_ALLOWED', 'TABLE_NAME', 'CONTAIN_ROLE_ARN', 'LOG_LEVEL'],
  },
  contain: {
    description: 'Policy Guard: quarantines, restores and discards; the only function that writes IAM',
    timeout: 55,
    memory: 1024,
    lists: ['RESTRICTED_ACTIONS'],
    settings: ['MODE', 'ATTACHMENTS', 'TABLE_NAME', 'CONTAIN_ROLE_ARN', 'LOG_LEVEL'],
  },
  notify: {
    description: 'Policy Guard: asks, reminds, announces and escalates in Slack and by e-mail',
    // Just under the 30 s of most of its tasks; its waits belong to the state machine.
    timeout: 25,
    memory: MEMORY,
    lists: ['REQUESTER_SLACK_USERS'],
    settings: [
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
    ],
  },
  slack: {
    description: 'Policy Guard: clicks, commands and modals from Slack',
    // Slack waits 3 s; what was clicked is still carried through when it took longer.
    timeout: 15,
    // Cold starts count against Slack's 3 s.
    memory: 1024,
    lists: ['RESTRICTED_ACTIONS', 'EXEMPT_REQUESTERS'],
    settings: [
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
    ],
  },
  email: {
    description: 'Policy Guard: the pages behind the links in e-mails',
    timeout: 15,
    memory: MEMORY,
    lists: [],
    settings: ['LINK_SECRET_ARN', 'TABLE_NAME', 'EMAIL_LINKS', 'ADMIN_EMAIL', 'LOG_LEVEL'],
  },
  install: {
    description: 'Policy Guard: installs the Slack app to its workspace',
    timeout: 15,
    memory: MEMORY,
    lists: [],
    settings: [
      'SLACK_SECRET_ARN',
      'LINK_SECRET_ARN',
      'SLACK_TEAM_ID',
      'SLACK_API_URL',
      'PUBLIC_URL',
      'LOG_LEVEL',
    ],
  },
} as const satisfies Record<string, FunctionSpec>;

export type FunctionName = keyof typeof FUNCTION_SPECS;
export const FUNCTION_NAMES = Object.keys(FUNCTION_SPECS) as FunctionName[];
