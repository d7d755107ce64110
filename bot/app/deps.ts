import type { TaskCallbacks } from '../../workflow/decisions/task-callbacks.ts';
import type { RestrictedAction } from '../../workflow/inspection/finding.ts';
import type { Ledger } from '../../workflow/ledger/ledger.ts';
import type { Log } from '../../workflow/runtime/logger.ts';
import type { DecisionRules } from '../approvers/may-decide.ts';
import type { Check } from '../doctor/check.ts';
import type { SlackApi } from '../slack/api/slack-api.ts';
import type { ShownSettings } from './shown-settings.ts';

/** What the listeners work with; handed in when the handler is built. */
export interface BotDeps {
  ledger: Ledger;
  callbacks: TaskCallbacks;
  slack: SlackApi;
  rules: DecisionRules;
  restricted: readonly RestrictedAction[];
  settings: ShownSettings;
  /** Looks at every part of the installation, for the person who asked. */
  examine: (askedBy: string) => Promise<readonly Check[]>;
  now: () => Date;
  log: Log;
}
