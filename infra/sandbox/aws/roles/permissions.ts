import { type Call, evaluate, type Verdict } from '../../../iam-evaluator/evaluate.ts';
import type { Policy } from '../../../iam-evaluator/policy.ts';
import { AwsError, type Caller } from '../front-door/service.ts';
import type { Asked, Surroundings } from './asked.ts';
import { neededCalls } from './needed-calls.ts';
import { refusalText } from './refusal.ts';

/** What a role may do, and which function its sessions are of. */
export interface Role {
  policies: readonly Policy[];
  functionArn: string;
}

/** What one statement was needed for. */
export interface Use {
  roleArn: string;
  sid: string | undefined;
  action: string;
}

export interface Permissions {
  /** From now on, sessions of the role may do what these policies allow, and nothing else. */
  limit(roleArn: string, role: Role): void;
  /** @throws AwsError as the service words it, when the caller's role does not allow what is asked */
  require(asked: Asked): void;
  /** What roles were used for so far, each once. */
  used(): Use[];
}

/** Of callers whose role nobody has limited, people among them, nothing is asked. */
export function createPermissions(surroundings: Surroundings): Permissions {
  const roles = new Map<string, Role>();
  const used = new Map<string, Use>();
  return {
    limit: (roleArn, role) => void roles.set(roleArn, role),
    require(asked) {
      const roleArn = roleOf(asked.caller);
      const role = roles.get(roleArn);
      if (role === undefined) return;
      for (const call of neededCalls(asked, surroundings)) {
        const context = { ...call.context, 'lambda:SourceFunctionArn': role.functionArn };
        const verdict = evaluate(role.policies, { ...call, context });
        if (verdict.decision !== 'allowed') throw refusal(asked, call, verdict.decision);
        const use = { roleArn, sid: verdict.sid, action: call.action };
        used.set(JSON.stringify(use), use);
      }
    },
    used: () => [...used.values()],
  };
}

function roleOf({ userIdentity }: Caller): string {
  const { sessionContext } = userIdentity as { sessionContext?: { sessionIssuer?: { arn?: string } } };
  return sessionContext?.sessionIssuer?.arn ?? '';
}

/** What services call it; those of the JSON protocols answer 400. */
const CODES: Readonly<Record<string, string>> = { iam: 'AccessDenied', sns: 'AuthorizationError' };

function refusal(
  { service, caller }: Asked,
  call: Call,
  decision: Exclude<Verdict['decision'], 'allowed'>,
): AwsError {
  const code = CODES[service];
  return new AwsError(
    code ?? 'AccessDeniedException',
    refusalText(caller.arn, call, decision),
    code === undefined ? 400 : 403,
  );
}
