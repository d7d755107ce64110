import type { JsonTree } from '../../../../workflow/inspection/json-tree.ts';
import type { Reader } from './reader.ts';
import { isRecordAsText } from './record.ts';
import { field, objectOf, plain, textField } from './tree.ts';

/**
 * Elastic's own form of a record, where the original is not kept.
 * Source: Elastic's AWS CloudTrail integration, "Exported fields".
 */
const elasticCommonSchema: Reader = {
  name: 'a record in the Elastic Common Schema',
  recognises: (value) =>
    textField(value, 'event', 'action') !== undefined &&
    field(value, 'aws', 'cloudtrail') !== undefined &&
    textField(value, 'event', 'original') === undefined,
  *reads(value, piece) {
    const cloudTrail = field(value, 'aws', 'cloudtrail');
    yield {
      type: 'event',
      at: piece.at(value),
      event: plain(
        objectOf({
          eventVersion: field(cloudTrail, 'event_version'),
          eventName: field(value, 'event', 'action'),
          eventSource: field(value, 'event', 'provider'),
          eventID: field(value, 'event', 'id'),
          eventTime: field(value, '@timestamp'),
          eventType: field(cloudTrail, 'event_type'),
          eventCategory: field(cloudTrail, 'event_category'),
          awsRegion: field(value, 'cloud', 'region'),
          errorCode: field(cloudTrail, 'error_code'),
          recipientAccountId:
            field(cloudTrail, 'recipient_account_id') ?? field(value, 'cloud', 'account', 'id'),
          requestParameters:
            field(cloudTrail, 'request_parameters') ?? field(cloudTrail, 'flattened', 'request_parameters'),
          responseElements:
            field(cloudTrail, 'response_elements') ?? field(cloudTrail, 'flattened', 'response_elements'),
          userIdentity: elasticIdentity(value),
        }),
      ),
    };
  },
};

/** Where the original is kept, what was taken out of it says nothing more. */
const elasticOriginal: Reader = {
  name: 'a record that Elastic keeps as it was',
  recognises: (value) => isRecordAsText(textField(value, 'event', 'original')),
  *reads(value, piece) {
    const text = textField(value, 'event', 'original') ?? '';
    yield { type: 'text', text, at: piece.at(value) };
  },
};

function elasticIdentity(value: JsonTree): JsonTree {
  const identity = field(value, 'aws', 'cloudtrail', 'user_identity');
  return objectOf({
    type: field(identity, 'type'),
    arn: field(identity, 'arn'),
    principalId: field(identity, 'principal_id') ?? field(value, 'user', 'id'),
    userName: field(value, 'user', 'name'),
    accountId: field(value, 'cloud', 'account', 'id'),
    invokedBy: field(identity, 'invoked_by'),
  });
}

/**
 * Security Lake's form of a record. Source: Open Cybersecurity Schema Framework, class API Activity (6003).
 */
const apiActivity: Reader = {
  name: 'a record of Security Lake (OCSF)',
  recognises: (value) =>
    textField(value, 'api', 'operation') !== undefined &&
    textField(value, 'api', 'service', 'name') !== undefined,
  *reads(value, piece) {
    const user = field(value, 'actor', 'user');
    const time = field(value, 'time');
    yield {
      type: 'event',
      at: piece.at(value),
      event: plain(
        objectOf({
          eventName: field(value, 'api', 'operation'),
          eventSource: field(value, 'api', 'service', 'name'),
          eventID: field(value, 'metadata', 'uid') ?? field(value, 'metadata', 'event_code'),
          eventTime:
            typeof time === 'number' ? new Date(time).toISOString() : (field(value, 'time_dt') ?? time),
          awsRegion: field(value, 'cloud', 'region'),
          errorCode: field(value, 'api', 'response', 'error'),
          recipientAccountId: field(value, 'cloud', 'account', 'uid') ?? field(value, 'cloud', 'account_uid'),
          requestParameters: field(value, 'api', 'request', 'data'),
          responseElements: field(value, 'api', 'response', 'data'),
          userIdentity: objectOf({
            type: field(user, 'type'),
            userName: field(user, 'name'),
            principalId: field(user, 'uid_alt') ?? field(user, 'credential_uid'),
            arn: field(user, 'uid'),
            accountId: field(user, 'account', 'uid') ?? field(user, 'account_uid'),
            invokedBy: field(value, 'actor', 'invoked_by'),
          }),
        }),
      ),
    };
  },
};

/** Records of CloudTrail in the words of other products. */
export const otherSchemas: readonly Reader[] = [elasticOriginal, elasticCommonSchema, apiActivity];
