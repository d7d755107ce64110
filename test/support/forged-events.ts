import { randomUUID } from 'node:crypto';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { RequestState } from '../../infra/sandbox/api/contract.ts';
import { BAD, type GuardedSandbox } from './guarded-sandbox.ts';

const ACCOUNT = '123456789012';

/** An event of CloudTrail as anybody can write it: this user has created the policy. */
export function eventOf(policyArn: string, userName: string, eventID: string = randomUUID()) {
  const [, policyName] = policyArn.split(':policy/');
  const eventTime = new Date().toISOString();
  return {
    ...{ source: 'aws.iam', account: ACCOUNT, region: 'us-east-1' },
    'detail-type': 'AWS API Call via CloudTrail',
    detail: {
      ...{ eventID, eventTime, eventName: 'CreatePolicy', eventSource: 'iam.amazonaws.com' },
      ...{ eventVersion: '1.11', awsRegion: 'us-east-1', recipientAccountId: ACCOUNT },
      userIdentity: {
        ...{ type: 'IAMUser', userName, accountId: ACCOUNT, principalId: 'AIDAFORGEDXXXXXXEXAMPLE' },
        arn: `arn:aws:iam::${ACCOUNT}:user/${userName}`,
      },
      requestParameters: { policyName, policyDocument: BAD },
      responseElements: { policy: { arn: policyArn, defaultVersionId: 'v1', policyName } },
    },
  };
}

/** Somebody starts the state machine by hand. @returns the execution's ARN */
export async function start(guard: GuardedSandbox, event: object, name?: string): Promise<string> {
  const credentials = guard.sandbox.callers[0]?.credentials;
  const sfn = new SFNClient({ endpoint: guard.sandbox.aws, region: 'us-east-1', credentials });
  const stateMachineArn = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:policy-guard`;
  const command = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(event) });
  return (await sfn.send(command)).executionArn ?? '';
}

/** The forged event is there first; the genuine one comes when the play brings it. */
export const LATE = { SANDBOX_CLOUDTRAIL_DELAY_MS: '600000' };

/** Margaret makes a change, and starts the machine at once with an event that names the developer. */
export async function forge(guard: GuardedSandbox): Promise<RequestState> {
  const arn = await guard.create({ caller: 'margaret' });
  await start(guard, eventOf(arn, 'developer'));
  return guard.asked(({ policyArn }) => policyArn === arn);
}
