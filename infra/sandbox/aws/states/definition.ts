import { readFileSync } from 'node:fs';

/** A state of the definition, as far as the sandbox looks into it. */
export interface State {
  Type: string;
  Resource?: string;
  Parameters?: Record<string, unknown>;
  TimeoutSeconds?: number;
  TimeoutSecondsPath?: string;
  Catch?: readonly { ErrorEquals: readonly string[]; ResultPath?: string | null; Next: string }[];
  [field: string]: unknown;
}

export interface Definition {
  StartAt: string;
  States: Record<string, State>;
  [field: string]: unknown;
}

/** Resource of a task that waits for SendTaskSuccess or SendTaskFailure. */
export const WAIT_FOR_TASK_TOKEN = /:states:::lambda:invoke\.waitForTaskToken$/;

/**
 * Reads a definition in Amazon States Language and fills in its `${…}`, as CDK's `definitionSubstitutions` does.
 *
 * @throws Error naming a substitution that has no value
 */
export function loadDefinition(
  file: string | URL,
  substitutions: Readonly<Record<string, string>>,
): Definition {
  const text = readFileSync(file, 'utf8').replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
    const value = substitutions[name];
    if (value === undefined) throw new Error(`The state machine names \${${name}}, which has no value here.`);
    return JSON.stringify(value).slice(1, -1);
  });
  return JSON.parse(text) as Definition;
}

/** The definition with every timeout that stands in it, and is not read from the input, as `timeout` says. Seconds. */
export function withTimeouts(definition: Definition, timeout: (seconds: number) => number): Definition {
  const states = Object.entries(definition.States).map(([name, state]): [string, State] => {
    const { TimeoutSeconds } = state;
    return [
      name,
      TimeoutSeconds === undefined ? state : { ...state, TimeoutSeconds: timeout(TimeoutSeconds) },
    ];
  });
  return { ...definition, States: Object.fromEntries(states) };
}

/** Whether a state's Catch names an error itself, which is the only way to catch `States.DataLimitExceeded`. */
export function isNamedInCatch(error: unknown, { Catch = [] }: State): error is Error {
  return error instanceof Error && Catch.some(({ ErrorEquals }) => ErrorEquals.includes(error.name));
}

/**
 * The longest timeout that the interpreter's own timer can count (2³¹ ms). The sandbox times tasks itself: the
 * interpreter's timer overflows on a wait of 30 days, and it reads `TimeoutSecondsPath` out of the task's
 * parameters, where AWS reads it out of the state's input.
 */
const INTERPRETER_TIMEOUT_SECONDS = 2_147_483;

/**
 * Hands each task's timeout to its handler, as one more parameter, and tells `entered` the name of each state at
 * the moment the interpreter turns to it: it looks a state up exactly once for each time it enters it.
 */
export function forInterpreter(definition: Definition, entered: (name: string) => void): Definition {
  const states: Record<string, State> = {};
  for (const [name, state] of Object.entries(definition.States)) {
    const adapted = state.Type === 'Task' ? withTimeoutParameter(state) : state;
    Object.defineProperty(states, name, {
      enumerable: true,
      get: () => {
        entered(name);
        return adapted;
      },
    });
  }
  return { ...definition, States: states };
}

function withTimeoutParameter(state: State): State {
  const { TimeoutSeconds, TimeoutSecondsPath, ...rest } = state;
  const timeout =
    TimeoutSecondsPath === undefined ? { TimeoutSeconds } : { 'TimeoutSeconds.$': TimeoutSecondsPath };
  return {
    ...rest,
    TimeoutSeconds: INTERPRETER_TIMEOUT_SECONDS,
    Parameters: { ...state.Parameters, ...timeout },
  };
}
