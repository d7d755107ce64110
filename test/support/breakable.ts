import type { HandlerFactory } from '../../infra/functions/functions.ts';
import { FUNCTION_NAMES, type FunctionName } from '../../workflow/runtime/settings/schema.ts';
import { GENEROUS_HANDLERS } from './generous.ts';

/** Steps that fail, by name (`quarantine`, `announce`, …), or whole functions; with the error that they fail with. */
export type Broken = Map<string, string>;

/** Every function of the guard, with steps that can be broken and mended while the sandbox runs. */
export function breakableHandlers(broken: Broken): Record<FunctionName, HandlerFactory> {
  const entries = FUNCTION_NAMES.map((name): [FunctionName, HandlerFactory] => [
    name,
    (environment, aws) => {
      const handler = GENEROUS_HANDLERS[name](environment, aws);
      return async (event: { step?: string }, context: unknown) => {
        const error = broken.get(name) ?? broken.get(event.step ?? '');
        if (error !== undefined) throw Object.assign(new Error(`It is broken: ${error}`), { name: error });
        return handler(event, context);
      };
    },
  ]);
  return Object.fromEntries(entries) as Record<FunctionName, HandlerFactory>;
}
