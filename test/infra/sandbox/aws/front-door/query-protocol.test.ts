import * as iam from '@aws-sdk/client-iam';
import * as sns from '@aws-sdk/client-sns';
import { describe, expect, test } from 'vitest';
import { queryProtocol } from '../../../../../infra/sandbox/aws/front-door/query-protocol.ts';
import { AwsError } from '../../../../../infra/sandbox/aws/front-door/service.ts';

const namespace = 'https://iam.amazonaws.com/doc/2010-05-08/';
const protocol = queryProtocol({ namespace, apiVersion: '2010-05-08', client: iam });
const encode = (operation: string, output: object) => protocol.encodeOutput(operation, output, 'r1').body;
const METADATA = '<ResponseMetadata><RequestId>r1</RequestId></ResponseMetadata>';

/**
 * The serializer and the schemas are parts of the AWS SDK that it does not document: what they write is pinned here
 * whole.
 */
describe('an answer in XML', () => {
  test('has the members of the SDK’s shape in its order, times in whole seconds, and nothing else', () => {
    const Policy = {
      ...{ Arn: 'arn:aws:iam::1:policy/p', PolicyName: 'p', Description: undefined, Invented: 'x' },
      ...{ AttachmentCount: 0, IsAttachable: true, CreateDate: new Date('2026-11-23T09:02:30Z') },
      Tags: [
        { Key: 'a', Value: '1' },
        { Key: 'b', Value: '2' },
      ],
    };
    expect(encode('GetPolicy', { Policy })).toBe(
      `<GetPolicyResponse xmlns="${namespace}"><GetPolicyResult><Policy><PolicyName>p</PolicyName><Arn>arn:aws:iam::1:policy/p</Arn><AttachmentCount>0</AttachmentCount><IsAttachable>true</IsAttachable><CreateDate>2026-11-23T09:02:30Z</CreateDate><Tags><member><Key>a</Key><Value>1</Value></member><member><Key>b</Key><Value>2</Value></member></Tags></Policy></GetPolicyResult>${METADATA}</GetPolicyResponse>`,
    );
  });

  test('has an empty element for an empty list', () => {
    expect(encode('ListUserPolicies', { PolicyNames: [], IsTruncated: false })).toContain(
      '<ListUserPoliciesResult><PolicyNames/><IsTruncated>false</IsTruncated></ListUserPoliciesResult>',
    );
  });

  test('has a map as entries', () => {
    const ofSns = queryProtocol({ namespace, apiVersion: '2010-03-31', client: sns });
    const { body } = ofSns.encodeOutput('GetTopicAttributes', { Attributes: { Owner: '1' } }, 'r1');
    expect(body).toContain('<Attributes><entry><key>Owner</key><value>1</value></entry></Attributes>');
  });

  test('has no result where there is nothing to say', () => {
    expect(encode('DeletePolicy', {})).toBe(
      `<DeletePolicyResponse xmlns="${namespace}">${METADATA}</DeletePolicyResponse>`,
    );
  });

  test('escapes markup, and writes a carriage return as a reference, which XML readers leave as it is', () => {
    expect(encode('CreateGroup', { Group: { GroupName: '</GroupName> & "a"\r\n‹é›' } })).toContain(
      '<GroupName>&lt;/GroupName&gt; &amp; &quot;a&quot;&#x0D;&#x0A;‹é›</GroupName>',
    );
  });

  test('of an error says whose fault it is', () => {
    const error = protocol.encodeError(new AwsError('NoSuchEntity', 'No <b>', 404), 'r1');
    expect(error).toEqual({
      status: 404,
      headers: { 'content-type': 'text/xml', 'x-amzn-requestid': 'r1' },
      body: `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>NoSuchEntity</Code><Message>No &lt;b&gt;</Message></Error><RequestId>r1</RequestId></ErrorResponse>`,
    });
  });
});
