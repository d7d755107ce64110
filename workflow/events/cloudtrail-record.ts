import { isObject } from '../runtime/is-object.ts';
import * as z from '../runtime/zod.ts';
import { UnreadableChangeError } from './errors.ts';

/** What is not there, or not what it should be, is taken as not there: one odd field must not hide a change. */
const text = z.catch(z.optional(z.string().check(z.minLength(1))), undefined);
const object = z.catch(z.optional(z.record(z.string(), z.unknown())), undefined);

const sessionIssuer = z.looseObject({
  type: text,
  principalId: text,
  arn: text,
  accountId: text,
  userName: text,
});

/** CloudTrail writes ISO 8601 in UTC; copies in the world also hold `2024-01-01 00:00:00.000`, meant as UTC. */
const time = z.pipe(
  z
    .pipe(
      z.string(),
      z.transform((written) => {
        const zoned = /(?:Z|[+-]\d\d:?\d\d)$/i.test(written) ? written : `${written.replace(' ', 'T')}Z`;
        return new Date(zoned);
      }),
    )
    .check(z.refine((date) => !Number.isNaN(date.getTime()), 'is not a time')),
  z.transform((date) => date.toISOString()),
);

const userIdentity = z.looseObject({
  type: text,
  principalId: text,
  arn: text,
  accountId: text,
  userName: text,
  accessKeyId: text,
  identityProvider: text,
  invokedBy: text,
  sessionContext: z.catch(
    z.optional(
      z.looseObject({
        sessionIssuer: z.catch(z.optional(sessionIssuer), undefined),
        sourceIdentity: text,
        attributes: z.catch(
          z.optional(z.looseObject({ creationDate: z.catch(z.optional(time), undefined) })),
          undefined,
        ),
      }),
    ),
    undefined,
  ),
  onBehalfOf: z.catch(z.optional(z.looseObject({ userId: text, identityStoreArn: text })), undefined),
});

/**
 * One CloudTrail record, as far as the guard reads it. Strict only where a change could not be named without the
 * field; everything else varies with the record's version and the kind of caller.
 * Source: AWS CloudTrail User Guide, "CloudTrail record contents" and "CloudTrail userIdentity element".
 */
const schema = z.looseObject({
  // Keys are made of it; CloudTrail's have 36 characters.
  eventID: z.string().check(z.minLength(1), z.maxLength(128)),
  eventName: z.string().check(z.minLength(1)),
  eventSource: z.string().check(z.minLength(1)),
  eventTime: time,
  awsRegion: text,
  recipientAccountId: text,
  sourceIPAddress: text,
  userAgent: text,
  errorCode: text,
  /** `"true"` for calls of a console session; else it is not there. */
  sessionCredentialFromConsole: text,
  requestParameters: object,
  responseElements: object,
  userIdentity: z.catch(z.optional(userIdentity), undefined),
  /** Not CloudTrail's: when the sweep found what the record is about. */
  foundBySweepAt: z.catch(z.optional(z.iso.datetime()), undefined),
});

export type CloudTrailRecord = z.output<typeof schema>;
export type UserIdentity = NonNullable<CloudTrailRecord['userIdentity']>;

/**
 * @param record one record of CloudTrail, as JSON gives it
 * @throws UnreadableChangeError naming every field without which it is no record
 */
export function parseRecord(record: unknown): CloudTrailRecord {
  const result = schema.safeParse(record);
  if (result.success) return result.data;
  const problems = result.error.issues.map(
    (issue) => `${issue.path.join('.') || 'record'}: ${issue.message}`,
  );
  throw new UnreadableChangeError(`This is no CloudTrail record: ${problems.join('; ')}`);
}

/** @returns the CloudTrail record inside an EventBridge event, or the value itself when it is no such event */
export function recordIn(event: unknown): unknown {
  const detail = isObject(event) ? event.detail : undefined;
  return isObject(detail) ? detail : event;
}
