import * as iamClient from '@aws-sdk/client-iam';
import * as snsClient from '@aws-sdk/client-sns';
import { jsonProtocol } from './front-door/json-protocol.ts';
import { queryProtocol } from './front-door/query-protocol.ts';
import { restJsonProtocol } from './front-door/rest-json-protocol.ts';
import type { HostedServices } from './front-door/route.ts';
import type { Service } from './front-door/service.ts';
import type { IamBackend } from './iam/iam-backend.ts';
import { readInvocation } from './lambda/invocation.ts';
import type { SecretsBackend } from './secretsmanager/secrets-backend.ts';
import type { SnsBackend } from './sns/sns-backend.ts';
import { STS_SHAPES, stsService } from './sts/sts-service.ts';

/** Where IAM, which is one for all regions, has its signatures scoped to. */
const GLOBAL_REGION = 'us-east-1';

interface Backends {
  iam: IamBackend;
  sns: SnsBackend;
  secrets: SecretsBackend;
  stepFunctions: Service;
  cloudTrail: Service;
  /** Nothing unless given. */
  events?: Service;
  lambda?: Service;
}

/** Every service but DynamoDB, by its signing name, with the wire protocol that its clients speak. */
export function hostedServices({
  iam,
  sns,
  secrets,
  stepFunctions,
  cloudTrail,
  events = {},
  lambda = {},
}: Backends): HostedServices {
  return {
    iam: {
      service: iam.service,
      protocol: queryProtocol({
        ...{ namespace: 'https://iam.amazonaws.com/doc/2010-05-08/', apiVersion: '2010-05-08' },
        client: iamClient,
      }),
      region: GLOBAL_REGION,
    },
    sts: {
      service: stsService,
      protocol: queryProtocol({
        ...{ namespace: 'https://sts.amazonaws.com/doc/2011-06-15/', apiVersion: '2011-06-15' },
        client: STS_SHAPES,
      }),
    },
    sns: {
      service: sns.service,
      protocol: queryProtocol({
        ...{ namespace: 'http://sns.amazonaws.com/doc/2010-03-31/', apiVersion: '2010-03-31' },
        client: snsClient,
      }),
      unsigned: ['ConfirmSubscription', 'Unsubscribe'],
    },
    secretsmanager: {
      service: secrets.service,
      protocol: jsonProtocol({ version: '1.1', messageMember: 'Message' }),
      targetPrefix: 'secretsmanager',
    },
    states: {
      service: stepFunctions,
      protocol: jsonProtocol({ version: '1.0', messageMember: 'message' }),
      targetPrefix: 'AWSStepFunctions',
    },
    cloudtrail: {
      service: cloudTrail,
      protocol: jsonProtocol({ version: '1.1', messageMember: 'message' }),
      targetPrefix: 'CloudTrail_20131101',
    },
    lambda: { service: lambda, protocol: restJsonProtocol, rest: readInvocation },
    events: {
      service: events,
      protocol: jsonProtocol({ version: '1.1', messageMember: 'message' }),
      targetPrefix: 'AWSEvents',
    },
  };
}
