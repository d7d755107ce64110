import { type CfnElement, Stack } from 'aws-cdk-lib';
import type { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import type { IConstruct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';

/** Why the functions that work on IAM name kinds of things and not things, resource by resource. */
const OF_THE_ACCOUNT: Readonly<Record<string, string>> = {
  '<AWS::AccountId>:policy/*': 'A change may concern any customer managed policy of the account.',
  '<AWS::AccountId>:user/*': 'Any user may be given an inline policy or an attachment.',
  '<AWS::AccountId>:group/*': 'Any group may be given an inline policy or an attachment.',
  '<AWS::AccountId>:role/*':
    'Any role may be given an inline policy or an attachment; the roles of the guard itself are denied to its only writer.',
};

const OF_AWS = {
  'aws:policy/*': 'Any policy that AWS manages may be attached, and its document has to be read.',
};

/** @param construct what grants the reading */
export function explainReadingIam(construct: IConstruct, also?: 'cloudtrail:LookupEvents'): void {
  explain(construct, { ...OF_THE_ACCOUNT, ...OF_AWS });
  const actions = ['iam:GetAccountAuthorizationDetails', ...(also === undefined ? [] : [also])].join(' and ');
  acknowledge(
    construct,
    'IAM5[Resource::*]',
    `There is no resource to limit ${actions} to, which only reads.`,
  );
}

export function explainExecutions(role: IConstruct, stateMachine: StateMachine): void {
  const machine = stateMachine.node.defaultChild as CfnElement;
  const name = `<${Stack.of(role).getLogicalId(machine)}.Name>`;
  acknowledge(
    role,
    `IAM5[Resource::arn:<AWS::Partition>:states:<AWS::Region>:<AWS::AccountId>:execution:${name}:*]`,
    'Executions come and go; these are those of the one state machine.',
  );
}

/** @param construct what grants the writing */
export function explainWritingIam(construct: IConstruct): void {
  explain(construct, OF_THE_ACCOUNT);
}

function explain(construct: IConstruct, reasons: Readonly<Record<string, string>>): void {
  for (const [resource, reason] of Object.entries(reasons)) {
    acknowledge(construct, `IAM5[Resource::arn:<AWS::Partition>:iam::${resource}]`, reason);
  }
}
