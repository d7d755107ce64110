import { guardrails } from '../../../../infra/aws/guardrails/guardrails.ts';
import { type GuardrailPlace, SHARED_QUALIFIER } from '../../../../infra/aws/guardrails/place.ts';
import { type Call, evaluate } from '../../../../infra/iam-evaluator/evaluate.ts';
import { readPolicy } from '../../../../infra/iam-evaluator/policy.ts';
import { DEPLOYED_AT } from '../../../support/as-deployed.ts';

export const OPERATOR = 'arn:aws:iam::123456789012:role/PolicyGuardOperator';

export function aPlace(more: Partial<GuardrailPlace> = {}): GuardrailPlace {
  return {
    ...DEPLOYED_AT,
    qualifier: SHARED_QUALIFIER,
    toolkitStack: 'CDKToolkit',
    operator: OPERATOR,
    apiId: 'a1b2c3d4e5',
    ...more,
  };
}

/** Stands at every account of an organisation until somebody takes it away. */
const FULL_AWS_ACCESS = readPolicy({
  Version: '2012-10-17',
  Statement: { Effect: 'Allow', Action: '*', Resource: '*' },
});

/** What the guardrails of this place say to the calls of a principal: the Sid that denies it, or `allowed`. */
export function underGuardrails(place: GuardrailPlace) {
  const policies = [FULL_AWS_ACCESS, ...guardrails(place).map((policy) => readPolicy(JSON.parse(policy)))];
  return (principal: string, call: Call): string => {
    const context = { ...call.context, 'aws:PrincipalArn': principal };
    const verdict = evaluate(policies, { ...call, context });
    return verdict.decision === 'denied' ? `denied by ${verdict.sid}` : verdict.decision;
  };
}
