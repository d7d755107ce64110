import { CloudTrailClient, LookupEventsCommand, type LookupEventsResponse } from '@aws-sdk/client-cloudtrail';
import { type CloudTrailRecord, parseRecord } from '../../events/cloudtrail-record.ts';
import type { AwsClientConfig } from '../../runtime/aws-client.ts';
import { isNamed } from '../../runtime/is-named.ts';
import { type Patience, waitOut } from '../../runtime/wait-out.ts';
import {
  type Between,
  type CloudTrailReader,
  CloudTrailUnavailableError,
  type LookUpKey,
} from './cloud-trail.ts';

/** A call that hangs must not use up its caller's time. Milliseconds. */
const BOUNDS = { connectionTimeout: 2_000, requestTimeout: 5_000, throwOnRequestTimeout: true };

/**
 * Two a second for an account and region, which the guard shares with whoever else looks. Milliseconds.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html
 */
const APART_MS = 500;

const THROTTLED: Omit<Patience, 'pause'> = {
  pauseMs: 1_000,
  tries: 5,
  isRateLimited: (error) => isNamed(error, 'ThrottlingException'),
};

interface Time {
  pause(milliseconds: number): Promise<unknown>;
  now(): Date;
}

/** CloudTrail of one account, in the region of the client. Calls go out one after another, two a second at most. */
export function createCloudTrailReader(aws: AwsClientConfig, time: Time): CloudTrailReader {
  const client = new CloudTrailClient({ ...aws, maxAttempts: 1, requestHandler: BOUNDS });
  const turn = takeTurns(time);
  const tries = (input: LookupEventsCommand): Promise<LookupEventsResponse> =>
    waitOut({ ...THROTTLED, pause: time.pause }, async () => {
      await turn();
      return client.send(input);
    });
  const ask = (input: LookupEventsCommand) =>
    tries(input).catch((cause: unknown) => {
      throw new CloudTrailUnavailableError('CloudTrail did not answer LookupEvents.', { cause });
    });
  return {
    async *lookUp(key, value, between) {
      for (let NextToken: string | undefined; ; ) {
        const page = await ask(new LookupEventsCommand({ ...question(key, value, between), NextToken }));
        yield* recordsIn(page);
        NextToken = page.NextToken;
        if (NextToken === undefined) return;
      }
    },
  };
}

function question(AttributeKey: LookUpKey, AttributeValue: string, between: Between | undefined) {
  return {
    LookupAttributes: [{ AttributeKey, AttributeValue }],
    ...(between !== undefined && { StartTime: between.from, EndTime: between.to }),
  };
}

function recordsIn({ Events = [] }: LookupEventsResponse): CloudTrailRecord[] {
  return Events.flatMap(({ CloudTrailEvent }) =>
    CloudTrailEvent === undefined ? [] : [parseRecord(JSON.parse(CloudTrailEvent))],
  );
}

/** @returns waits until it is the caller's turn */
function takeTurns({ pause, now }: Time): () => Promise<void> {
  let next = 0;
  return async () => {
    const at = now().getTime();
    const turn = Math.max(at, next);
    next = turn + APART_MS;
    if (turn > at) await pause(turn - at);
  };
}
