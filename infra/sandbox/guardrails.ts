import { principalsOf } from '../aws/guardrails/principals.ts';
import { denialsAbout } from '../aws/guardrails/statements.ts';
import { type Policy, readPolicy } from '../iam-evaluator/policy.ts';
import { arn } from './aws/roles/asked.ts';
import { PLACE } from './place.ts';

const ROLE = `arn:aws:iam::${PLACE.accountId}:role/`;
const here = (service: string, resource: string) => arn(service, resource, PLACE);

/** Who deploys here, and who may break the glass. */
const PRINCIPALS = {
  ...principalsOf({
    ...{ account: PLACE.accountId, partition: 'aws', region: PLACE.region, qualifier: 'hnb659fds' },
    ...{ toolkitStack: 'CDKToolkit', operator: `${ROLE}PolicyGuardOperator` },
  }),
  ...{ guard: `${ROLE}policy-guard-*`, execution: `${ROLE}cloudformation-execution` },
};

/** The service control policies that `npm run guardrails` prints for AWS, about the sandbox's parts and their names. */
export function sandboxGuardrails(): Policy {
  const Statement = denialsAbout(
    {
      used: [
        ...[here('lambda', 'function:policy-guard-*'), here('dynamodb', 'table/policy-guard-*')],
        ...[here('states', 'stateMachine:policy-guard'), here('states', 'execution:policy-guard:*')],
        ...[
          here('secretsmanager', 'secret:policy-guard/*'),
          here('sns', 'policy-guard'),
          here('sns', 'policy-guard:*'),
        ],
      ],
      standing: [here('events', 'rule/policy-guard-*'), PRINCIPALS.guard],
      tagged: {
        key: here('kms', 'key/*'),
        apis: here('apigateway', '/apis/*'),
        mappings: here('lambda', 'event-source-mapping:*'),
      },
      functions: here('lambda', 'function:policy-guard-*'),
      defaultBus: here('events', 'event-bus/default'),
      stacks: [here('cloudformation', 'stack/policy-guard/*')],
      assets: [],
    },
    PRINCIPALS,
  );
  return readPolicy({ Version: '2012-10-17', Statement });
}
