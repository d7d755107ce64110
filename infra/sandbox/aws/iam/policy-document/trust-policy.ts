import { malformedPolicy } from '../errors.ts';
import { requireAction } from './identity-policy.ts';
import { parsePolicy, type Statement, texts } from './parse.ts';

/**
 * Refuses a document that may not be the trust policy of a role.
 * @throws AwsError `MalformedPolicyDocument`
 */
export function requireTrustPolicy(document: string): void {
  const { statements } = parsePolicy(document, 'This policy contains invalid Json');
  statements.forEach(requireTrustStatement);
}

function requireTrustStatement(statement: Statement): void {
  if (statement.Resource !== undefined || statement.NotResource !== undefined) {
    throw malformedPolicy('Has prohibited field Resource');
  }
  if (statement.Principal === undefined && statement.NotPrincipal === undefined) {
    throw malformedPolicy('Missing required field Principal');
  }
  const actions = texts(statement.Action ?? statement.NotAction ?? []);
  if (actions.length === 0) throw malformedPolicy('Missing required field Action');
  actions.forEach(requireAction);
  if (actions.some((action) => !/^sts:/i.test(action))) {
    throw malformedPolicy('AssumeRole policy may only specify STS AssumeRole actions.');
  }
}
