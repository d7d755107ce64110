import { FUNCTIONS, type HandlerFactory } from '../../../infra/functions/functions.ts';
import { FunctionError } from '../../../infra/sandbox/aws/lambda/function-error.ts';
import { FUNCTION_NAMES, type FunctionName } from '../../../workflow/runtime/settings/schema.ts';
import { type Invocation, within } from './calls.ts';

type Handler = ReturnType<HandlerFactory>;

/** Every function as it is, but that it can be killed while it runs; the next invocation finds a new one. */
export function mortalFunctions(): Readonly<Record<FunctionName, HandlerFactory>> {
  return Object.fromEntries(
    FUNCTION_NAMES.map((name) => [name, mortal(name, FUNCTIONS[name].create, FUNCTIONS[name].timeout)]),
  ) as Record<FunctionName, HandlerFactory>;
}

function mortal(fn: FunctionName, create: HandlerFactory, timeoutSeconds: number): HandlerFactory {
  return (environment, aws) => {
    let live: Handler = create(environment, aws);
    const replace = () => {
      live = create(environment, aws);
    };
    return (event, context) => {
      const death = Promise.withResolvers<never>();
      const die = (errorType: string, message: string) => {
        if (invocation.dead) return;
        invocation.dead = true;
        replace();
        death.reject(new FunctionError(errorType, message));
      };
      const invocation: Invocation = {
        ...{ fn, step: stepOf(event), dead: false },
        kill: () => die('Runtime.ExitError', 'Runtime exited with error: signal: killed'),
      };
      const timer = setTimeout(() => die('Sandbox.Timedout', 'Task timed out'), timeoutSeconds * 1000);
      const run = within(invocation, () => live(event, context));
      return Promise.race([run, death.promise]).finally(() => clearTimeout(timer));
    };
  };
}

/** @param event a payload of the state machine, an event of it, or a request of the HTTP API */
function stepOf(event: { step?: string; rawPath?: string; requestContext?: { http: { method: string } } }) {
  if (event.step !== undefined) return event.step;
  return event.rawPath === undefined ? 'run' : `${event.requestContext?.http.method}${event.rawPath}`;
}
