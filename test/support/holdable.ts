import type { HandlerFactory } from '../../infra/functions/functions.ts';
import { FUNCTION_NAMES, type FunctionName } from '../../workflow/runtime/settings/schema.ts';
import { GENEROUS_HANDLERS } from './generous.ts';

/** A step that is held up: `entered` once it is asked for, and done only after `release`; this try of it may `fail`. */
interface Held {
  entered: Promise<void>;
  release(): void;
  fail(): void;
}

/** Every function of the guard, with steps that can be held up by name: `hold('record')`. Each hold is for one call. */
export function holdableHandlers() {
  const holds = new Map<string, { enter(): void; released: Promise<void> }>();
  const hold = (step: string): Held => {
    const entered = Promise.withResolvers<void>();
    const released = Promise.withResolvers<void>();
    holds.set(step, { enter: entered.resolve, released: released.promise });
    const fail = () => released.reject(new Error('This try was made to fail.'));
    return { entered: entered.promise, release: released.resolve, fail };
  };
  const entries = FUNCTION_NAMES.map((name): [FunctionName, HandlerFactory] => [
    name,
    (environment, aws) => {
      const handler = GENEROUS_HANDLERS[name](environment, aws);
      return async (event: { step?: string }, context: unknown) => {
        const held = holds.get(event.step ?? '');
        holds.delete(event.step ?? '');
        held?.enter();
        await held?.released;
        return handler(event as never, context as never);
      };
    },
  ]);
  return { hold, handlers: Object.fromEntries(entries) as Record<FunctionName, HandlerFactory> };
}
