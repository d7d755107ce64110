import type { Context } from '../../../iam-evaluator/conditions.ts';
import { type Call, evaluate } from '../../../iam-evaluator/evaluate.ts';
import type { Policy } from '../../../iam-evaluator/policy.ts';
import { AwsError, type Caller } from '../front-door/service.ts';
import type { Asked, Surroundings } from './asked.ts';
import { neededCalls } from './needed-calls.ts';
import { type Refusal, refusalText } from './refusal.ts';

/** What one statement was needed for. */
export interface Use {
  roleArn: string;
  sid: string | undefined;
  action: string;
}

/** What a role's own permissions did not allow. */
export interface Refused {
  roleArn: string;
  action: string;
  resource: string;
}

export interface Permissions {
  /** From now on, sessions of the role may do what these policies allow, and nothing else. */
  limit(roleArn: string, policies: readonly Policy[]): void;
  /** From now on, the account has this service control policy beside `FullAWSAccess`: it binds everybody in it. */
  attach(policy: Policy): void;
  /** @throws AwsError as the service words it, when the caller's role or a service control policy does not allow what is asked */
  require(asked: Asked): void;
  /** What roles were used for so far, each once. */
  used(): Use[];
  /** What roles were refused so far, each once: some of it is asked for best effort, so that nothing else fails by it. */
  refused(): Refused[];
}

/** Of callers whose role nobody has limited, people among them, nothing is asked. */
export function createPermissions(surroundings: Surroundings): Permissions {
  const roles = new Map<string, readonly Policy[]>();
  const used = new Map<string, Use>();
  const refused = new Map<string, Refused>();
  const guardrails: Policy[] = [];

  function requireByOrganization(asked: Asked, call: Call): void {
    const context = { ...call.context, 'aws:PrincipalArn': roleOf(asked.caller) || asked.caller.arn };
    const denied = evaluate(guardrails, { ...call, context }).decision === 'denied';
    if (denied) throw refusal(asked, call, 'denied by the organization');
  }

  return {
    attach: (policy) => void guardrails.push(policy),
    limit: (roleArn, policies) => void roles.set(roleArn, policies),
    require(asked) {
      const roleArn = roleOf(asked.caller);
      const policies = roles.get(roleArn);
      if (policies === undefined && guardrails.length === 0) return;
      for (const call of neededCalls(asked, surroundings)) {
        requireByOrganization(asked, call);
        if (policies === undefined) continue;
        const context = { ...call.context, ...sessionKeys(asked.caller) };
        const verdict = evaluate(policies, { ...call, context });
        if (verdict.decision !== 'allowed') {
          const { action, resource } = call;
          refused.set(JSON.stringify([roleArn, action, resource]), { roleArn, action, resource });
          throw refusal(asked, call, verdict.decision);
        }
        const use = { roleArn, sid: verdict.sid, action: call.action };
        used.set(JSON.stringify(use), use);
      }
    },
    used: () => [...used.values()],
    refused: () => [...refused.values()],
  };
}

function sessionKeys({ sourceFunctionArn }: Caller): Context {
  return sourceFunctionArn === undefined ? {} : { 'lambda:SourceFunctionArn': sourceFunctionArn };
}

function roleOf({ userIdentity }: Caller): string {
  const { sessionContext } = userIdentity as { sessionContext?: { sessionIssuer?: { arn?: string } } };
  return sessionContext?.sessionIssuer?.arn ?? '';
}

/** What services call it; those of the JSON protocols answer 400. */
const CODES: Readonly<Record<string, string>> = { iam: 'AccessDenied', sns: 'AuthorizationError' };

function refusal({ service, caller }: Asked, call: Call, decision: Refusal): AwsError {
  const code = CODES[service];
  return new AwsError(
    code ?? 'AccessDeniedException',
    refusalText(caller.arn, call, decision),
    code === undefined ? 400 : 403,
  );
}
