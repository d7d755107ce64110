import type { GuardrailPlace } from './place.ts';
import { type Denial, denials } from './statements.ts';

/** Of one service control policy. Source: https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html */
export const POLICY_CHARACTERS = 5_120;

/**
 * The finished service control policies, each without white space, as AWS Organizations counts it.
 *
 * @returns as many as it takes, each of at most 5,120 characters
 */
export function guardrails(place: GuardrailPlace): string[] {
  const policies: Denial[][] = [];
  for (const denial of denials(place)) {
    const fitting = policies.find((policy) => write([...policy, denial]).length <= POLICY_CHARACTERS);
    if (fitting === undefined) policies.push([denial]);
    else fitting.push(denial);
  }
  return policies.map(write);
}

function write(statements: readonly Denial[]): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: statements });
}
