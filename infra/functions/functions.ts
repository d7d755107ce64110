import { emailFunction } from '../../bot/functions/email.ts';
import { installFunction } from '../../bot/functions/install.ts';
import { notifyFunction } from '../../bot/functions/notify.ts';
import { slackFunction } from '../../bot/functions/slack.ts';
import { containFunction } from '../../workflow/functions/contain.ts';
import type { FunctionDescription } from '../../workflow/functions/description.ts';
import { inspectFunction } from '../../workflow/functions/inspect.ts';
import { reconcileFunction } from '../../workflow/functions/reconcile.ts';
import { FUNCTION_NAMES, type FunctionName } from '../../workflow/runtime/settings/schema.ts';

/** Every function, as AWS and the sandbox run it. */
export const FUNCTIONS: Readonly<Record<FunctionName, FunctionDescription>> = {
  inspect: inspectFunction,
  contain: containFunction,
  notify: notifyFunction,
  slack: slackFunction,
  email: emailFunction,
  install: installFunction,
  reconcile: reconcileFunction,
};

/** Builds a function's handler for its environment and its role's credentials. */
export type HandlerFactory = FunctionDescription['create'];

export interface Route {
  path: string;
  methods: readonly ('GET' | 'POST')[];
  to: FunctionName;
}

/** The public routes, and the function behind each. Nothing else is routed. */
export const HTTP_ROUTES: readonly Route[] = FUNCTION_NAMES.flatMap((to) =>
  FUNCTIONS[to].routes.map((route) => ({ ...route, to })),
);
