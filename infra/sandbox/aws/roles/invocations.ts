import { evaluate } from '../../../iam-evaluator/evaluate.ts';
import type { Policy } from '../../../iam-evaluator/policy.ts';
import { FunctionError } from '../lambda/function-error.ts';
import type { Functions } from '../lambda/functions.ts';
import { refusalText } from './refusal.ts';

/**
 * The functions as a state machine reaches them: those that its role may invoke. All others are refused, as Step
 * Functions tells it.
 *
 * @param sessionArn of the state machine's role, as AWS names it when it refuses
 */
export function invocableBy(sessionArn: string, policy: Policy, functions: Functions): Functions {
  return {
    ...functions,
    async invoke(functionArn, payload) {
      const call = { action: 'lambda:InvokeFunction', resource: functionArn };
      const { decision } = evaluate([policy], call);
      if (decision === 'allowed') return functions.invoke(functionArn, payload);
      throw new FunctionError('Lambda.AWSLambdaException', refusalText(sessionArn, call, decision));
    },
  };
}
