import { type Context, conditionsHold } from './conditions.ts';
import { matchesAction, matchesArn } from './matches.ts';
import { type Policy, type Statement, UnknownPolicyError } from './policy.ts';

/** One call, on one resource. A call that needs several resources is several of these. */
export interface Call {
  /** e.g. `lambda:InvokeFunction` */
  action: string;
  /** An ARN, or `*` for an action that knows no resource. */
  resource: string;
  context?: Context;
}

export type Verdict =
  | { decision: 'allowed'; sid?: string }
  | { decision: 'denied'; sid?: string }
  /** Nothing denies it, and nothing allows it. */
  | { decision: 'not allowed' };

const ACTION = /^[\w-]+:\w+$/;

/**
 * What these policies together say to a call: a Deny beats every Allow.
 * Source: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 *
 * @throws UnknownPolicyError when a condition has an operator that is not known, or the action is none
 */
export function evaluate(policies: readonly Policy[], call: Call): Verdict {
  if (!ACTION.test(call.action)) throw new UnknownPolicyError(`${call.action} is no action.`);
  const applying = policies
    .flatMap(({ Statement }) => Statement)
    .filter((statement) => applies(statement, call));
  const denial = applying.find(({ Effect }) => Effect === 'Deny');
  if (denial !== undefined) return { decision: 'denied', sid: denial.Sid };
  const [allowance] = applying;
  return allowance === undefined ? { decision: 'not allowed' } : { decision: 'allowed', sid: allowance.Sid };
}

function applies(statement: Statement, { action, resource, context = {} }: Call): boolean {
  const { Action, NotAction, Resource, NotResource, Condition } = statement;
  const isAction = (pattern: string) => matchesAction(pattern, action);
  const isResource = (pattern: string) => matchesArn(pattern, resource);
  // First, so that an operator that is not known is refused whatever the call.
  const holds = conditionsHold(Condition, context);
  return (
    holds &&
    (Action?.some(isAction) ?? !NotAction?.some(isAction)) &&
    (Resource?.some(isResource) ?? !NotResource?.some(isResource))
  );
}
