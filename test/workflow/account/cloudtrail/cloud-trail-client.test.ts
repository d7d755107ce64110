import * as iam from '@aws-sdk/client-iam';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  type CloudTrailReader,
  CloudTrailUnavailableError,
  type LookUpKey,
} from '../../../../workflow/account/cloudtrail/cloud-trail.ts';
import { createCloudTrailReader } from '../../../../workflow/account/cloudtrail/cloud-trail-client.ts';
import type { CloudTrailRecord } from '../../../../workflow/events/cloudtrail-record.ts';
import { type RunningEndpoint, startAwsEndpoint } from '../../../support/aws-endpoint.ts';

const START = Date.parse('2026-11-23T09:02:30Z');
/** More than one page holds. */
const GROUPS = 60;

let endpoint: RunningEndpoint;
let at = START;
let waits: number[];

beforeAll(async () => {
  endpoint = await startAwsEndpoint({}, { now: () => new Date(at) });
  const client = new iam.IAMClient(endpoint.config());
  for (let index = 0; index < GROUPS; index++) {
    await client.send(new iam.CreateGroupCommand({ GroupName: `group-${index}` }));
  }
  return () => endpoint.stop();
});

beforeEach(() => {
  // CloudTrail's own second has gone by since the test before.
  at += 60_000;
  waits = [];
  endpoint.calls.length = 0;
  endpoint.aws.history.isUp = true;
});

const reader = () =>
  createCloudTrailReader(endpoint.config(), {
    now: () => new Date(at),
    pause: async (milliseconds) => {
      waits.push(milliseconds);
      at += milliseconds;
    },
  });

const found = (...question: Parameters<CloudTrailReader['lookUp']>) => everyOne(reader().lookUp(...question));

async function everyOne(records: AsyncIterable<CloudTrailRecord>): Promise<CloudTrailRecord[]> {
  const read: CloudTrailRecord[] = [];
  for await (const record of records) read.push(record);
  return read;
}

describe('CloudTrail of one account', () => {
  it.each<[LookUpKey, () => string, string[]]>([
    ['EventId', () => endpoint.records[7]?.eventID ?? '', ['group-7']],
    ['ResourceName', () => 'group-9', ['group-9']],
    ['ResourceName', () => 'nothing', []],
  ])('finds by %s', async (key, value, groups) => {
    const records = await found(key, value());
    expect(records.map(({ requestParameters }) => requestParameters?.groupName)).toEqual(groups);
  });

  it('gives whole records, newest first, page after page', async () => {
    const records = await found('EventName', 'CreateGroup');
    expect(records.map(({ eventID }) => eventID)).toEqual(
      endpoint.records.map(({ eventID }) => eventID).reverse(),
    );
    expect(records[0]?.userIdentity).toMatchObject({ type: 'IAMUser', userName: 'developer' });
  });

  it('asks for no page that nobody has come to', async () => {
    for await (const record of reader().lookUp('Username', 'developer')) {
      expect(record.requestParameters?.groupName).toBe('group-59');
      break;
    }
    expect(endpoint.calls).toHaveLength(1);
  });

  it('finds what happened between two times', async () => {
    const [past, now] = [new Date(START - 60_000), new Date(START)];
    expect(await found('EventName', 'CreateGroup', { from: past, to: past })).toEqual([]);
    expect(await found('EventName', 'CreateGroup', { from: now, to: now })).toHaveLength(GROUPS);
  });

  it('asks twice a second at most', async () => {
    const one = reader();
    for (const name of ['group-1', 'group-2', 'group-3']) {
      expect(await everyOne(one.lookUp('ResourceName', name))).toHaveLength(1);
    }
    expect(waits).toEqual([500, 500]);
  });

  it('waits where others have used up what is allowed', async () => {
    await everyOne(reader().lookUp('ResourceName', 'group-1'));
    await everyOne(reader().lookUp('ResourceName', 'group-1'));
    expect(await found('ResourceName', 'group-1')).toHaveLength(1);
    expect(waits).toEqual([1_000]);
  });

  it('says so when CloudTrail cannot be asked: nothing is known then', async () => {
    endpoint.aws.history.isUp = false;
    await expect(found('EventName', 'CreateGroup')).rejects.toThrow(CloudTrailUnavailableError);
  });
});
