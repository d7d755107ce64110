import { EventBridgeClient, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import {
  AddUserToGroupCommand,
  CreateGroupCommand,
  CreateRoleCommand,
  CreateUserCommand,
  GetAccountAuthorizationDetailsCommand,
  IAMClient,
} from '@aws-sdk/client-iam';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { createEventsService } from '../../infra/sandbox/aws/events/events-service.ts';
import { createFunctions } from '../../infra/sandbox/aws/lambda/functions.ts';
import { createEngine } from '../../infra/sandbox/aws/states/engine.ts';
import { createStepFunctionsService } from '../../infra/sandbox/aws/states/service.ts';
import { PLACE } from '../../infra/sandbox/place.ts';
import type { AwsClientConfig } from '../../workflow/runtime/aws-client.ts';
import { startAwsEndpoint } from '../support/aws-endpoint.ts';

const MACHINE = 'policy-guard';
const RULE = { name: 'policy-guard-changes', pattern: { source: ['aws.iam'] } };
/** Waits for longer than any test. */
const DEFINITION = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 100_000, End: true } } };

/** The sandbox's AWS with a state machine that only waits. */
export async function startSandboxAccount() {
  const functions = createFunctions({}, PLACE);
  const engine = createEngine({
    ...PLACE,
    ...{ name: MACHINE, definition: DEFINITION, functions, changed: () => undefined },
  });
  const endpoint = await startAwsEndpoint(createStepFunctionsService(engine), {
    events: createEventsService({ ...PLACE, ...RULE }),
  });
  return {
    config: endpoint.config(),
    async stop() {
      await engine.close();
      await endpoint.stop();
    },
  };
}

/** Brings an empty account into the state that the sandbox begins in. */
export async function fillLikeTheSandbox(empty: AwsClientConfig, sandbox: AwsClientConfig): Promise<void> {
  const states = new SFNClient(empty);
  await copyHolders(new IAMClient(empty), new IAMClient(sandbox));
  await states.send(
    new CreateStateMachineCommand({
      name: MACHINE,
      definition: JSON.stringify(DEFINITION),
      roleArn: 'arn:aws:iam::123456789012:role/policy-guard-state-machine',
    }),
  );
  await new EventBridgeClient(empty).send(
    new PutRuleCommand({ Name: RULE.name, EventPattern: JSON.stringify(RULE.pattern) }),
  );
}

async function copyHolders(to: IAMClient, from: IAMClient): Promise<void> {
  const all = await from.send(new GetAccountAuthorizationDetailsCommand({}));
  for (const { GroupName, Path } of all.GroupDetailList ?? []) {
    await to.send(new CreateGroupCommand({ GroupName, Path }));
  }
  for (const { UserName, Path, GroupList = [] } of all.UserDetailList ?? []) {
    await to.send(new CreateUserCommand({ UserName, Path }));
    for (const GroupName of GroupList) await to.send(new AddUserToGroupCommand({ UserName, GroupName }));
  }
  for (const { RoleName, Path, AssumeRolePolicyDocument = '' } of all.RoleDetailList ?? []) {
    const trust = decodeURIComponent(AssumeRolePolicyDocument);
    await to.send(new CreateRoleCommand({ RoleName, Path, AssumeRolePolicyDocument: trust }));
  }
}
