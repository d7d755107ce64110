import { jsonProtocol } from './front-door/json-protocol.ts';
import { queryProtocol } from './front-door/query-protocol.ts';
import type { HostedService, HostedServices } from './front-door/route.ts';
import type { Service } from './front-door/service.ts';
import type { IamBackend } from './iam/iam-backend.ts';
import type { SecretsBackend } from './secretsmanager/secrets-backend.ts';
import type { SnsBackend } from './sns/sns-backend.ts';
import { stsService } from './sts/sts-service.ts';

/** Where IAM, which is one for all regions, has its signatures scoped to. */
const GLOBAL_REGION = 'us-east-1';

export interface Backends {
  iam: IamBackend;
  sns: SnsBackend;
  secrets: SecretsBackend;
  stepFunctions: Service;
  cloudTrail: Service;
  /** Nothing unless given. */
  events?: Service;
}

/** Every service but DynamoDB, by its signing name, with the wire protocol that its clients speak. */
export function hostedServices({
  iam,
  sns,
  secrets,
  stepFunctions,
  cloudTrail,
  events = {},
}: Backends): HostedServices {
  return {
    iam: { ...query(iam.service, 'https://iam.amazonaws.com/doc/', '2010-05-08'), region: GLOBAL_REGION },
    sts: query(stsService, 'https://sts.amazonaws.com/doc/', '2011-06-15'),
    sns: {
      ...query(sns.service, 'http://sns.amazonaws.com/doc/', '2010-03-31'),
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
    events: {
      service: events,
      protocol: jsonProtocol({ version: '1.1', messageMember: 'message' }),
      targetPrefix: 'AWSEvents',
    },
  };
}

function query(service: Service, documentation: string, apiVersion: string): HostedService {
  return { service, protocol: queryProtocol(`${documentation}${apiVersion}/`, apiVersion) };
}
