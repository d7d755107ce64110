import type { TaskCallbacks } from '../../workflow/decisions/task-callbacks.ts';
import type { Exemption } from '../../workflow/events/exemptions/exemption.ts';
import type { RestrictedAction } from '../../workflow/inspection/finding.ts';
import type { Ledger } from '../../workflow/ledger/ledger.ts';
import type { Log } from '../../workflow/runtime/logger.ts';
import type { SettingOf, Settings } from '../../workflow/runtime/settings/schema.ts';
import type { Check } from '../doctor/check.ts';
import type { SlackApi } from '../media/slack/api/slack-api.ts';
import type { GroupJob } from './background/job.ts';
import type { SlackLimits } from './limits.ts';

/** What the listeners work with; handed in when the handler is built. */
export interface BotDeps {
  ledger: Ledger;
  callbacks: TaskCallbacks;
  slack: SlackApi;
  restricted: readonly RestrictedAction[];
  exemptions: readonly Exemption[];
  settings: Pick<Settings, SettingOf<'slack'>>;
  /** Looks at every part of the installation, for the person who asked. */
  examine: (askedBy: string) => Promise<readonly Check[]>;
  /** Has this function do a job, soon and by itself; throws where that cannot be had. */
  inBackground: (job: GroupJob) => Promise<void>;
  limits: Pick<SlackLimits, 'respondMs' | 'earlierMs' | 'onceMore'>;
  now: () => Date;
  log: Log;
}
