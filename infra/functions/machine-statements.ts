import type { FunctionName } from '../../workflow/runtime/settings/schema.ts';

/** The functions that are steps of the state machine. */
export const STEP_FUNCTIONS = ['inspect', 'contain', 'notify'] as const satisfies readonly FunctionName[];

/**
 * What the state machine's role may do, on AWS (where it may also write its log) and in the sandbox.
 *
 * @param functionArns those of its steps
 */
export function machineStatements(functionArns: readonly string[]) {
  return [
    { Sid: 'RunSteps', Effect: 'Allow', Action: ['lambda:InvokeFunction'], Resource: [...functionArns] },
  ];
}
