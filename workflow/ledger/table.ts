import { createHash } from 'node:crypto';

/**
 * The one table, as CDK and the sandbox create it: two string keys, and one index over requests by status and over
 * the audit trail, newest last. The index projects everything, so that a list needs no second read.
 */
export const TABLE = {
  partitionKey: 'pk',
  sortKey: 'sk',
  index: { name: 'byStatus', partitionKey: 'gsi1pk', sortKey: 'gsi1sk' },
} as const;

export interface Key {
  pk: string;
  sk: string;
}

/** Nothing is ever kept under it: whoever asks for it learns the time, by the cheapest call that there is. */
export const CLOCK_KEY: Key = { pk: 'clock', sk: 'clock' };

export const requestKey = (id: string): Key => ({ pk: `request#${id}`, sk: 'request' });

/** What of a request is written once, beside its item (`pk`). */
export const contentKey = (pk: string, contentId: string): Key => ({ pk, sk: `content#${contentId}` });

/** Points from a document on a target to the newest request that reviews it. */
export const documentKey = (targetKey: string, sha256: string): Key => ({
  pk: `document#${targetKey}`,
  sk: sha256,
});

/** The requests that review versions of a managed policy. ARNs match without regard to case, as in `targetKey`. */
export const reviewKey = (policyArn: string, requestId: string): Key => ({
  pk: `policy#${policyArn.toLowerCase()}`,
  sk: `review#${requestId}`,
});

/** With the hash, because a policy that is deleted and created again starts at `v1` once more. */
export const archiveKey = (policyArn: string, versionId: string, sha256: string): Key => ({
  pk: `policy#${policyArn.toLowerCase()}`,
  sk: `archive#${versionId}#${sha256}`,
});

/**
 * What the guard is about to do to a target. Not with the request, so that whoever writes IAM need not be able to
 * write requests.
 */
export const intentKey = (targetKey: string, eventTime: string, requestId: string): Key => ({
  pk: `intent#${targetKey}`,
  sk: `${eventTime}#${requestId}`,
});

/** Entries of one request lie together; entries of none lie together by day. */
export const auditKey = (at: string, entryId: string, requestId?: string): Key => ({
  pk: requestId === undefined ? `audit#${at.slice(0, 10)}` : `request#${requestId}`,
  sk: `audit#${at}#${entryId}`,
});

/** Requests on one target, or by one requester, by the time of their change. */
export const historyKey = (
  of: 'target' | 'requester',
  key: string,
  eventTime: string,
  requestId: string,
): Key => ({
  pk: `history#${of}#${key}`,
  sk: `${eventTime}#${requestId}`,
});

/** A user by its unique id, under one of its names. IAM's names match without regard to case. */
export const requesterNameKey = (userId: string, userName: string): Key => ({
  pk: `requester#${userId}`,
  sk: `name#${userName.toLowerCase()}`,
});

/** What a user or group was called before. IAM's names match without regard to case. */
export const renamedKey = (entity: string, name: string): Key => ({
  pk: `renamed#${entity}`,
  sk: name.toLowerCase(),
});

/** Who had a name before. */
export const givenUpKey = (entity: string, name: string): Key => ({
  pk: `renamed#${entity}#from`,
  sk: name.toLowerCase(),
});

/** Who is said to have had another name before this one, by when: IAM's names hold no `#`. */
export const saidToBeKey = (entity: string, name: string, at = ''): Key => ({
  pk: `renamed#${entity}#said`,
  sk: `${name.toLowerCase()}#${at}`,
});

/** What somebody was shown of a group, kept with one of its requests. */
export const listingKey = (requestId: string, listingId: string): Key => ({
  pk: `request#${requestId}`,
  sk: `listing#${listingId}`,
});

export const groupKey = (requesterKey: string): Key => ({ pk: `group#${requesterKey}`, sk: 'group' });

/** Who brings a message in Slack up to date. */
export const showingKey = ({ channel, ts }: { channel: string; ts: string }): Key => ({
  pk: `group#${channel}#${ts}`,
  sk: 'showing',
});

/** What the channel was only informed of, by the window of time in which it was. */
export const informedKey = (window: string, id: string): Key => ({ pk: `informed#${window}`, sk: id });

export const summaryKey = (day: string): Key => ({ pk: `summary#${day}`, sk: 'summary' });

/** An execution that is to be started again. */
export const restartKey = (root: string): Key => ({ pk: `restart#${root}`, sk: 'restart' });

/** A change that is to have an execution of its own. */
export const furtherKey = (requestId: string): Key => ({ pk: `further#${requestId}`, sk: 'further' });

export const FURTHER_INDEX_KEY = 'further';

/** An event that CloudTrail is to be asked about: by which request, and whom it names. */
export const confirmKey = (requestId: string, eventId: string, identity: string): Key => ({
  pk: `confirm#${requestId}`,
  sk: `${eventId}#${createHash('sha256').update(identity).digest('hex').slice(0, 16)}`,
});

export const CONFIRM_INDEX_KEY = 'confirm';

/** How far dead executions have been looked for. */
export const sweepKey: Key = { pk: 'sweep', sk: 'sweep' };

/** What one principal or managed policy grants. IAM's names match without regard to case. */
export const inventoryKey = (kind: string, name: string): Key => ({
  pk: `inventory#${kind}`,
  sk: name.toLowerCase(),
});

/** Under which names the inventory knows a user or group, by its unique id. */
export const inventoryNameKey = (id: string, name: string): Key => ({
  pk: `inventory#id#${id}`,
  sk: name.toLowerCase(),
});

/** Entries of the inventory with a restricted grant that nobody was asked about. */
export const RESTRICTED_INDEX_KEY = 'restricted';

/** How far the inventory has come. */
export const sweepStateKey: Key = { pk: 'inventory#state', sk: 'state' };

export const sweepReportKey = (id: string): Key => ({ pk: 'inventory#report', sk: id });

export const sweepFoundKey = (eventId: string): Key => ({ pk: 'inventory#found', sk: eventId });

export const RESTART_INDEX_KEY = 'restart';

export const AUDIT_INDEX_KEY = 'audit';

export const statusIndexKey = (status: string): string => `status#${status}`;
