import { connect } from 'node:net';
import { CreateTableCommand, DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import * as iam from '@aws-sdk/client-iam';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { describe, expect, test } from 'vitest';
import { AwsError, type Service } from '../../../../infra/sandbox/aws/front-door/service.ts';
import { endpointOfThisFile } from '../../../support/aws-endpoint.ts';

const STARTED = new Date('2026-11-23T09:02:30.250Z');
const stepFunctions: Service = {
  DescribeExecution: ({ executionArn }, { arn }) => {
    if (executionArn === 'broken') throw new TypeError('a defect');
    if (executionArn === 'gone') throw new AwsError('ExecutionDoesNotExist', 'Execution does not exist');
    return { executionArn, name: arn, startDate: STARTED, status: 'RUNNING' };
  },
};
const defects: unknown[] = [];
const endpoint = await endpointOfThisFile(stepFunctions, { onInternalError: (error) => defects.push(error) });

const rejection = (call: Promise<unknown>) =>
  call.then(
    () => expect.unreachable('The call was accepted.'),
    (error: unknown) => error,
  );

const post = (init: RequestInit) => fetch(endpoint.config().endpoint, { method: 'POST', ...init });

describe('one address serves', () => {
  test('the query protocol, with typed values', async () => {
    const client = new iam.IAMClient(endpoint.config());
    const { User } = await client.send(new iam.GetUserCommand({}));
    expect(User).toMatchObject({ UserName: 'developer', CreateDate: expect.any(Date) });
    const { Groups, IsTruncated } = await client.send(
      new iam.ListGroupsForUserCommand({ UserName: 'developer' }),
    );
    expect({ groups: Groups?.map(({ GroupName }) => GroupName), IsTruncated }).toEqual({
      groups: ['developers'],
      IsTruncated: false,
    });
    const { AttachedPolicies } = await client.send(
      new iam.ListAttachedUserPoliciesCommand({ UserName: 'developer' }),
    );
    expect(AttachedPolicies).toEqual([]);
  });

  test('JSON 1.0, with times, to the caller that signed', async () => {
    const client = new SFNClient(endpoint.config('deployer'));
    expect(await client.send(new DescribeExecutionCommand({ executionArn: 'x' }))).toMatchObject({
      executionArn: 'x',
      name: 'arn:aws:sts::123456789012:assumed-role/deployer/ci-build-42',
      startDate: STARTED,
    });
  });

  test('DynamoDB, which dynalite answers', async () => {
    const client = new DynamoDBClient(endpoint.config());
    const key = { AttributeName: 'pk' } as const;
    await client.send(
      new CreateTableCommand({
        TableName: 'ledger',
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ ...key, AttributeType: 'S' }],
        KeySchema: [{ ...key, KeyType: 'HASH' }],
      }),
    );
    expect((await client.send(new ListTablesCommand({}))).TableNames).toEqual(['ledger']);
  });
});

describe('an error arrives as the SDK’s own class', () => {
  test('of IAM, with its status and the id of the request', async () => {
    const client = new iam.IAMClient(endpoint.config());
    const error = await rejection(client.send(new iam.GetUserCommand({ UserName: 'nobody' })));
    expect(error).toBeInstanceOf(iam.NoSuchEntityException);
    expect(error).toMatchObject({
      message: 'The user with name nobody cannot be found.',
      $fault: 'client',
      $metadata: { httpStatusCode: 404, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
  });

  test('of SNS, Secrets Manager and Step Functions', async () => {
    const TopicArn = 'arn:aws:sns:us-east-1:123456789012:nothing';
    const sns = new SNSClient(endpoint.config());
    expect(await rejection(sns.send(new PublishCommand({ TopicArn, Message: 'm' })))).toMatchObject({
      name: 'NotFoundException',
      $metadata: { httpStatusCode: 404 },
    });
    const secrets = new SecretsManagerClient(endpoint.config());
    expect(await rejection(secrets.send(new GetSecretValueCommand({ SecretId: 'nothing' })))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: "Secrets Manager can't find the specified secret.",
    });
    const sfn = new SFNClient(endpoint.config());
    expect(await rejection(sfn.send(new DescribeExecutionCommand({ executionArn: 'gone' })))).toMatchObject({
      name: 'ExecutionDoesNotExist',
      message: 'Execution does not exist',
      $metadata: { httpStatusCode: 400 },
    });
  });

  test('of a defect in the sandbox: 500 for the client, the defect for the operator', async () => {
    const sfn = new SFNClient(endpoint.config());
    expect(await rejection(sfn.send(new DescribeExecutionCommand({ executionArn: 'broken' })))).toMatchObject(
      {
        name: 'InternalFailure',
        $metadata: { httpStatusCode: 500 },
      },
    );
    expect(defects).toEqual([expect.objectContaining({ message: 'a defect' })]);
  });
});

describe('who cannot prove who they are is refused', () => {
  const wrongSecret = () => {
    const { credentials, ...config } = endpoint.config('deployer');
    return { ...config, credentials: { ...credentials, secretAccessKey: 'guessed' } };
  };

  test('by IAM with 403', async () => {
    expect(
      await rejection(new iam.IAMClient(wrongSecret()).send(new iam.ListUsersCommand({}))),
    ).toMatchObject({
      name: 'SignatureDoesNotMatch',
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('by a service of the JSON protocol with 400 and another name', async () => {
    expect(await rejection(new DynamoDBClient(wrongSecret()).send(new ListTablesCommand({})))).toMatchObject({
      name: 'InvalidSignatureException',
      $metadata: { httpStatusCode: 400 },
    });
    const { credentials, ...config } = endpoint.config('deployer');
    const withoutToken = { ...config, credentials: { ...credentials, sessionToken: undefined } };
    const secrets = new SecretsManagerClient(withoutToken);
    expect(await rejection(secrets.send(new GetSecretValueCommand({ SecretId: 'x' })))).toMatchObject({
      name: 'UnrecognizedClientException',
    });
  });

  test('by IAM, when the signature is for another region: IAM is one for all of them', async () => {
    const elsewhere = { ...endpoint.config(), region: 'eu-west-1' };
    expect(await rejection(new iam.IAMClient(elsewhere).send(new iam.ListUsersCommand({})))).toMatchObject({
      name: 'SignatureDoesNotMatch',
      message: expect.stringContaining("scoped to a valid region, not 'eu-west-1'"),
      $metadata: { httpStatusCode: 403 },
    });
  });

  test('without a signature', async () => {
    const response = await post({
      body: new URLSearchParams({ Action: 'ListUsers', Version: '2010-05-08' }),
    });
    expect(response.status).toBe(403);
    expect(await response.text()).toMatch(
      /^<ErrorResponse xmlns="https:\/\/iam\.amazonaws\.com\/doc\/2010-05-08\/"><Error><Type>Sender<\/Type><Code>MissingAuthenticationToken<\/Code>/,
    );
  });

  test('with something else than a signature', async () => {
    const response = await post({
      body: '{}',
      headers: { authorization: 'Bearer x', 'x-amz-target': 'secretsmanager.ListSecrets' },
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('x-amzn-errortype')).toBe('IncompleteSignatureException');
  });
});

describe('what the sandbox does not have', () => {
  test('is an unknown action of IAM', async () => {
    const before = endpoint.records.length;
    const client = new iam.IAMClient(endpoint.config());
    expect(
      await rejection(client.send(new iam.CreateInstanceProfileCommand({ InstanceProfileName: 'p' }))),
    ).toMatchObject({
      name: 'InvalidAction',
      message: 'Could not find operation CreateInstanceProfile for version 2010-05-08',
    });
    expect(endpoint.records).toHaveLength(before);
  });

  test('is a whole service, and the answer says which there are', async () => {
    const response = await post({
      headers: {
        authorization: `AWS4-HMAC-SHA256 Credential=AKIADEVELOPEREXAMPLE/20261123/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
      },
    });
    expect(response.status).toBe(501);
    expect(await response.text()).toContain(
      '<Code>NotImplemented</Code><Message>The sandbox has no s3: it serves iam, sts, sns, secretsmanager, states, cloudtrail, lambda, events, dynamodb.',
    );
  });
});

test('a client that hangs up half-way is no defect', async () => {
  const before = defects.length;
  const { hostname, port } = new URL(endpoint.config().endpoint);
  const socket = connect(Number(port), hostname);
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf');
  await new Promise((resolve) => setTimeout(resolve, 20));
  socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(defects.slice(before)).toEqual([]);
});
