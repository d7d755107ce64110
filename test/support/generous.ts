import type { SlackLimits } from '../../bot/app/limits.ts';
import { createEmailHandler } from '../../bot/functions/email.ts';
import { createInstallHandler } from '../../bot/functions/install.ts';
import { createNotifyHandler } from '../../bot/functions/notify.ts';
import { createSlackHandler } from '../../bot/functions/slack.ts';
import type { HandlerFactory } from '../../infra/functions/functions.ts';
import { createContainHandler } from '../../workflow/functions/contain.ts';
import { createInspectHandler } from '../../workflow/functions/inspect.ts';
import { createReconcileHandler } from '../../workflow/functions/reconcile.ts';
import type { FunctionName } from '../../workflow/runtime/settings/schema.ts';

/** Longer than any test: on a busy machine the product gives nothing up that a test waits for. */
export const GENEROUS_MS = 150_000;

const call = { callMs: GENEROUS_MS, tryMs: GENEROUS_MS };
const ledger = { ...call, tries: 3 };

export const GENEROUS_SLACK: SlackLimits = {
  ...{ slackMs: GENEROUS_MS, respondMs: GENEROUS_MS, secretTryMs: GENEROUS_MS },
  ...{ ledger, callbacks: call, background: call, earlierMs: GENEROUS_MS, checkMs: GENEROUS_MS },
  onceMore: { latestMs: GENEROUS_MS, pauseMs: 1_100 },
};

/** For every other function. */
export const GENEROUS = {
  ...{ slackMs: GENEROUS_MS, secretTryMs: GENEROUS_MS, lookupMs: GENEROUS_MS },
  ...{ ledger, callbacks: call, email: call },
  help: { planMs: GENEROUS_MS, readMs: GENEROUS_MS, holdersMs: GENEROUS_MS, reachMs: GENEROUS_MS },
};

/** Every function as it is deployed, but with time. */
export const GENEROUS_HANDLERS: Readonly<Record<FunctionName, HandlerFactory>> = {
  inspect: (environment, aws) => createInspectHandler(environment, aws, GENEROUS),
  contain: (environment, aws) => createContainHandler(environment, aws, GENEROUS),
  notify: (environment, aws) => createNotifyHandler(environment, aws, GENEROUS),
  slack: (environment, aws) => createSlackHandler(environment, aws, GENEROUS_SLACK),
  email: (environment, aws) => createEmailHandler(environment, aws, GENEROUS),
  install: (environment, aws) => createInstallHandler(environment, aws, GENEROUS),
  reconcile: createReconcileHandler,
};
