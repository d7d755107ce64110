import { createEmailHandler } from '../../bot/handlers/email.ts';
import { createInstallHandler } from '../../bot/handlers/install.ts';
import { createNotifyHandler } from '../../bot/handlers/notify.ts';
import { createSlackHandler } from '../../bot/handlers/slack.ts';
import { createContainHandler } from '../../workflow/functions/contain.ts';
import { createInspectHandler } from '../../workflow/functions/inspect.ts';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';
import type { Environment } from '../../workflow/runtime/settings/settings.ts';
import type { FunctionName } from '../functions/function-specs.ts';
import type { FunctionHandler } from './aws/lambda/functions.ts';

/** Builds a function's handler for its environment and its role's credentials. */
export type HandlerFactory = (environment: Environment, aws: AwsClientConfig) => FunctionHandler;

/** The very handlers that are deployed. */
export const HANDLER_FACTORIES: Readonly<Record<FunctionName, HandlerFactory>> = {
  inspect: createInspectHandler,
  contain: createContainHandler,
  notify: createNotifyHandler,
  slack: createSlackHandler,
  email: createEmailHandler,
  install: createInstallHandler,
};
