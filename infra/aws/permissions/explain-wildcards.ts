import { type CfnElement, Stack } from 'aws-cdk-lib';
import type { Role } from 'aws-cdk-lib/aws-iam';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { acknowledge } from '../acknowledge.ts';

/** Why the functions that work on IAM name kinds of things and not things, resource by resource. */
const REASONS: Readonly<Record<string, string>> = {
  '<AWS::AccountId>:policy/*': 'A change may concern any customer managed policy of the account.',
  'aws:policy/*': 'Any policy that AWS manages may be attached, and its document has to be read.',
  '<AWS::AccountId>:user/*': 'Any user may be given an inline policy or an attachment.',
  '<AWS::AccountId>:group/*': 'Any group may be given an inline policy or an attachment.',
  '<AWS::AccountId>:role/*':
    'Any role may be given an inline policy or an attachment; the roles of the guard itself are denied to its only writer.',
};

export function explainIamWildcards(role: Role): void {
  for (const [resource, reason] of Object.entries(REASONS)) {
    acknowledge(role, `IAM5[Resource::arn:<AWS::Partition>:iam::${resource}]`, reason);
  }
  acknowledge(
    role,
    'IAM5[Resource::*]',
    'iam:GetAccountAuthorizationDetails, which only reads, knows no resource to limit it to.',
  );
}

export function explainExecutions(role: Role, stateMachine: StateMachine): void {
  const machine = stateMachine.node.defaultChild as CfnElement;
  const name = `<${Stack.of(role).getLogicalId(machine)}.Name>`;
  acknowledge(
    role,
    `IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${name}:*]`,
    'Executions come and go; these are those of the one state machine.',
  );
}
