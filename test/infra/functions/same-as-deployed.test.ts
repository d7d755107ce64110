import { expect, it } from 'vitest';
import { FUNCTIONS } from '../../../infra/functions/functions.ts';
import { machineStatements, STEP_FUNCTIONS } from '../../../infra/functions/machine-statements.ts';
import { type RoleResources, roleStatements } from '../../../infra/functions/role-statements.ts';
import { type Policy, readPolicy } from '../../../infra/iam-evaluator/policy.ts';
import { FUNCTION_NAMES } from '../../../workflow/runtime/settings/schema.ts';
import { arnOf, asDeployed } from '../../support/as-deployed.ts';
import { readable, stackOfThisFile } from '../../support/synthesise.ts';

const stack = stackOfThisFile();
const arnIn = (name: string): string => {
  const found = Object.entries(stack.json.Resources).find(([id]) => readable({ Ref: id }) === `<${name}>`);
  if (found === undefined) throw new Error(`The template has no ${name}`);
  return arnOf(...found);
};
const titled = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

function resources(self: string): RoleResources {
  const [table, stateMachine] = [arnIn('Ledger'), arnIn('WayStateMachine')];
  return {
    ...{ partition: 'aws', account: '123456789012', table, index: `${table}/index/byStatus`, stateMachine },
    ...{ slackSecret: arnIn('SecretsSlack'), linkSecret: arnIn('SecretsLink') },
    ...{ topic: arnIn('NoticesTopic'), topicKey: arnIn('NoticesKey'), rule: arnIn('ChangesRule') },
    executions: `${stateMachine.replace(':stateMachine:', ':execution:')}:*`,
    undelivered: arnIn('ChangesUndelivered'),
    ownRoles: stack.all('AWS::IAM::Role').map(([id, role]) => arnOf(id, role)),
    self,
  };
}

/** Every single permission, in a form in which neither order nor grouping counts. */
const single = ({ Statement }: Policy): string[] =>
  Statement.flatMap(({ Effect, Action = [], Resource = [], Condition }) =>
    Action.flatMap((action) =>
      Resource.map((resource) => JSON.stringify([Effect, action, resource, Condition])),
    ),
  )
    .filter((permission) => !/"(logs|xray):/.test(permission))
    .sort();

const deployed = (role: string): string[] =>
  stack
    .all('AWS::IAM::Policy')
    .filter(([, { Properties }]) => readable(Properties.Roles[0]) === `<${role}>`)
    .flatMap(([, { Properties }]) =>
      single(readPolicy(asDeployed(Properties.PolicyDocument, stack.json.Resources))),
    )
    .sort();

const inSandbox = (Statement: object[]) => single(readPolicy({ Version: '2012-10-17', Statement }));

it.each(FUNCTION_NAMES)('what the sandbox lets %s do is what its role is deployed with', (name) => {
  const self = arnIn(`${titled(name)}Function`);
  expect(inSandbox(roleStatements(FUNCTIONS[name].permissions, resources(self)))).toEqual(
    deployed(`${titled(name)}Role`),
  );
});

it('what the sandbox lets the state machine do is what its role is deployed with', () => {
  const steps = STEP_FUNCTIONS.map((name) => arnIn(`${titled(name)}Function`));
  expect(inSandbox(machineStatements(steps))).toEqual(deployed('WayRole'));
});
