import type { Subscription } from '../../../workflow/account/sns/subscriptions.ts';
import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import type { Log } from '../../../workflow/runtime/logger.ts';
import type { SettingOf, Settings } from '../../../workflow/runtime/settings/schema.ts';
import type { GuardMetrics } from '../../../workflow/steps/metrics.ts';
import type { RequesterRules } from '../../approvers/trace-requester.ts';
import type { EmailSender } from '../../media/email/email.ts';
import type { SlackApi } from '../../media/slack/api/slack-api.ts';

/** What the steps work with; handed in when the handler is built. */
export interface NotifyDeps {
  ledger: Ledger;
  slack: Pick<
    SlackApi,
    'post' | 'reply' | 'update' | 'permalink' | 'profile' | 'findByEmail' | 'groupMembers'
  >;
  email: EmailSender;
  /** Who gets the e-mails. Throws what SNS throws. */
  subscriptions: () => Promise<Subscription[]>;
  /** The key that signs decision links. @throws SecretUnusableError */
  linkKey: () => Promise<string>;
  settings: Pick<Settings, SettingOf<'notify'>>;
  requesters: RequesterRules;
  now: () => Date;
  /** Waits, in milliseconds. */
  pause: (milliseconds: number) => Promise<unknown>;
  log: Log;
  metrics: GuardMetrics;
}

/** How people were told. */
export type Channel = 'slack' | 'email';
