import {
  EMAIL_SETTINGS,
  INSTALL_SETTINGS,
  NOTIFY_SETTINGS,
  SLACK_SETTINGS,
} from '../../bot/functions/settings.ts';
import { CONTAIN_SETTINGS, INSPECT_SETTINGS } from '../../workflow/functions/settings.ts';
import type { ListSetting } from '../../workflow/runtime/settings/read-list.ts';
import type { SettingName } from '../../workflow/runtime/settings/schema.ts';

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
    settings: INSPECT_SETTINGS,
  },
  contain: {
    description: 'Policy Guard: quarantines, restores and discards; the only function that writes IAM',
    timeout: 55,
    memory: 1024,
    lists: ['RESTRICTED_ACTIONS'],
    settings: CONTAIN_SETTINGS,
  },
  notify: {
    description: 'Policy Guard: asks, reminds, announces and escalates in Slack and by e-mail',
    // Just under the 30 s of most of its tasks; its waits belong to the state machine.
    timeout: 25,
    memory: MEMORY,
    lists: ['REQUESTER_SLACK_USERS'],
    settings: NOTIFY_SETTINGS,
  },
  slack: {
    description: 'Policy Guard: clicks, commands and modals from Slack',
    // Slack waits 3 s; what was clicked is still carried through when it took longer.
    timeout: 15,
    // Cold starts count against Slack's 3 s.
    memory: 1024,
    lists: ['RESTRICTED_ACTIONS', 'EXEMPT_REQUESTERS'],
    settings: SLACK_SETTINGS,
  },
  email: {
    description: 'Policy Guard: the pages behind the links in e-mails',
    timeout: 15,
    memory: MEMORY,
    lists: [],
    settings: EMAIL_SETTINGS,
  },
  install: {
    description: 'Policy Guard: installs the Slack app to its workspace',
    timeout: 15,
    memory: MEMORY,
    lists: [],
    settings: INSTALL_SETTINGS,
  },
} as const satisfies Record<string, FunctionSpec>;

export type FunctionName = keyof typeof FUNCTION_SPECS;
export const FUNCTION_NAMES = Object.keys(FUNCTION_SPECS) as FunctionName[];
