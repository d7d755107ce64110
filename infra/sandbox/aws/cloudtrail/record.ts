import { randomUUID } from 'node:crypto';
import type { CompletedCall } from '../front-door/completed-call.ts';
import type { AwsError } from '../front-door/service.ts';
import { requestParametersOf } from './request-parameters.ts';
import { responseElementsOf } from './response-elements.ts';

/**
 * A management event as CloudTrail records it.
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export interface CloudTrailRecord {
  eventVersion: string;
  userIdentity: Record<string, unknown>;
  /** ISO 8601, UTC, whole seconds. */
  eventTime: string;
  eventSource: string;
  eventName: string;
  awsRegion: string;
  sourceIPAddress: string;
  userAgent: string;
  errorCode?: string;
  errorMessage?: string;
  requestParameters: Record<string, unknown> | null;
  responseElements: Record<string, unknown> | null;
  requestID: string;
  eventID: string;
  readOnly: boolean;
  eventType: 'AwsApiCall';
  managementEvent: boolean;
  recipientAccountId: string;
  eventCategory: 'Management';
  tlsDetails: { tlsVersion: string; cipherSuite: string; clientProvidedHostHeader: string };
}

/** Events of IAM, a global service, are recorded in one region. */
const GLOBAL_REGION = 'us-east-1';

/** Whether the call is one that CloudTrail records as a write of IAM. */
export function isIamWrite({ service, operation }: CompletedCall): boolean {
  return service === 'iam' && !/^(Get|List)/.test(operation);
}

/** What is done to executions from outside; its events are no business of any rule here. */
const EXECUTION_CALLS: readonly string[] = ['StartExecution', 'StopExecution', 'RedriveExecution'];

/** Whether the event history holds the call. */
export function isInHistory(call: CompletedCall): boolean {
  return isIamWrite(call) || (call.service === 'states' && EXECUTION_CALLS.includes(call.operation));
}

/** The record of a call, also of one that was refused. */
export function toRecord(call: CompletedCall): CloudTrailRecord {
  const { caller, error } = call;
  // A service that calls on someone's behalf stands in both places of the client.
  const service = caller.userIdentity.invokedBy as string | undefined;
  const host = `${call.service}.amazonaws.com`;
  return {
    eventVersion: '1.11',
    userIdentity: caller.userIdentity,
    eventTime: call.at.toISOString().replace(/\.\d+Z$/, 'Z'),
    eventSource: host,
    eventName: call.operation,
    awsRegion: GLOBAL_REGION,
    sourceIPAddress: service ?? call.sourceIp,
    userAgent: service ?? call.userAgent,
    ...(error !== undefined && { errorCode: errorCodeOf(error), errorMessage: error.message }),
    requestParameters: error?.code === 'AccessDenied' ? null : requestParametersOf(shownInput(call)),
    responseElements: call.output === undefined ? null : responseElementsOf(call.output),
    requestID: call.requestId,
    eventID: randomUUID(),
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    recipientAccountId: caller.accountId,
    eventCategory: 'Management',
    tlsDetails: {
      tlsVersion: 'TLSv1.3',
      cipherSuite: 'TLS_AES_128_GCM_SHA256',
      clientProvidedHostHeader: host,
    },
  };
}

/** What an execution is given is none of CloudTrail's business. */
function shownInput({ service, input }: CompletedCall): Record<string, unknown> {
  return service === 'states' && 'input' in input
    ? { ...input, input: 'HIDDEN_DUE_TO_SECURITY_REASONS' }
    : input;
}

/** On the wire IAM says `NoSuchEntity`, in CloudTrail `NoSuchEntityException`; AccessDenied stays as it is. */
function errorCodeOf({ code }: AwsError): string {
  if (code === 'AccessDenied') return code;
  return code === 'ValidationError' ? 'ValidationException' : `${code}Exception`;
}
