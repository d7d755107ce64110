import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { AwsClientConfig } from '../runtime/aws-client.ts';
import type { CallLimits } from '../runtime/call-limits.ts';
import { isNamed } from '../runtime/is-named.ts';
import { LedgerUnavailableError } from './errors.ts';
import { CLOCK_KEY, type Key, TABLE } from './table.ts';

export type Item = Record<string, unknown> & Key;

/** `#name` in an expression stands for the attribute `name`; `:name` for a value. */
export interface Condition {
  expression: string;
  values?: Record<string, unknown>;
}

export interface StoreTimeouts extends CallLimits {
  tries: number;
}

export interface Query {
  /** `true`: the index, eventually consistent. `false`: the table, strongly consistent. */
  index: boolean;
  partition: string;
  sortPrefix?: string;
  /** The first sort key that is wanted; not together with a prefix. */
  sortFrom?: string;
  newestFirst?: boolean;
  limit?: number;
}

/** Operations on the table, in the words that the ledger needs. All reads by key are strongly consistent. */
export interface Store {
  get(key: Key): Promise<Item | undefined>;
  /** Those that are there, in any order; each key once. */
  getAll(keys: readonly Key[]): Promise<Item[]>;
  /** @returns false when the condition does not hold */
  put(item: Item, condition?: Condition): Promise<boolean>;
  /** @returns the item as it is afterwards, or undefined when the condition does not hold */
  update(
    key: Key,
    set: Record<string, unknown>,
    condition: Condition,
    remove?: string[],
  ): Promise<Item | undefined>;
  /** @returns false when the condition does not hold */
  remove(key: Key, condition?: Condition): Promise<boolean>;
  query(query: Query): Promise<Item[]>;
}

/** A table that also tells the time. */
export interface TimedStore extends Store {
  /**
   * AWS's time: this machine's, corrected where an answer of the table has shown that it is wrong by minutes. Whatever
   * is compared with a time in CloudTrail, or with one that another function has written, is told by this clock.
   */
  now(): Date;
  /**
   * Asks the table for the time, for whoever tells it before anything else is asked: an instance that is new, or was
   * frozen, may be wrong by minutes. Never throws: while the table does not answer, this machine's clock is all there is.
   */
  timed(): Promise<void>;
}

/**
 * A function answers a click within 3 seconds and makes a handful of these calls; a healthy one takes some 10 ms.
 */
export const STORE_TIMEOUTS: StoreTimeouts = { callMs: 2_000, tryMs: 800, tries: 3 };

/** From here on the SDK takes a clock for wrong. Milliseconds. */
const WRONG_FROM = 4 * 60_000;

/** The SDK reads the time in each answer, which tells whole seconds: what is less than minutes says nothing. */
const minutesOff = (offset: number) => (Math.abs(offset) < WRONG_FROM ? 0 : offset);

/** As many as DynamoDB takes in one call. */
const BATCH = 100;

/** @throws LedgerUnavailableError from every operation when the table can't be reached in time or refuses the call */
export function createStore(
  tableName: string,
  aws: AwsClientConfig,
  timeouts: Partial<StoreTimeouts> = {},
): TimedStore {
  const { callMs, tryMs, tries } = { ...STORE_TIMEOUTS, ...timeouts };
  const client = DynamoDBDocumentClient.from(
    new DynamoDBClient({
      ...aws,
      maxAttempts: tries,
      requestHandler: { connectionTimeout: tryMs, requestTimeout: tryMs, throwOnRequestTimeout: true },
    }),
    { marshallOptions: { removeUndefinedValues: true } },
  );
  const bounded = () => ({ abortSignal: AbortSignal.timeout(callMs) });
  const TableName = tableName;

  /** Once more where it was signed by a time that was wrong; the SDK does so only where this machine's clock is. */
  function attempt<T>(operation: () => Promise<T>): Promise<T> {
    const signedBy = client.config.systemClockOffset;
    return operation().catch((error: unknown) => {
      const corrected = Math.abs(client.config.systemClockOffset - signedBy) >= WRONG_FROM;
      if (!corrected || !isNamed(error, 'InvalidSignatureException')) throw error;
      return operation();
    });
  }

  async function call<T>(operation: () => Promise<T>): Promise<T> {
    try {
      return await attempt(operation);
    } catch (error) {
      throw new LedgerUnavailableError(tableName, error);
    }
  }

  async function conditional<T>(operation: () => Promise<T>): Promise<T | undefined> {
    try {
      return await attempt(operation);
    } catch (error) {
      if (isNamed(error, 'ConditionalCheckFailedException')) return undefined;
      throw new LedgerUnavailableError(tableName, error);
    }
  }

  async function get(key: Key): Promise<Item | undefined> {
    const command = new GetCommand({ TableName, Key: key, ConsistentRead: true });
    return (await call(() => client.send(command, bounded()))).Item as Item | undefined;
  }

  return {
    now: () => new Date(Date.now() + minutesOff(client.config.systemClockOffset)),

    async timed() {
      await get(CLOCK_KEY).catch(() => undefined);
    },

    get,

    async getAll(keys) {
      const items: Item[] = [];
      // What DynamoDB leaves undone, for its size or for its rate, is asked for again, in the time of one call.
      const { abortSignal } = bounded();
      let left = keys.map((key) => ({ ...key }));
      while (left.length > 0) {
        const Keys = left.slice(0, BATCH);
        const command = new BatchGetCommand({
          RequestItems: { [TableName]: { Keys, ConsistentRead: true } },
        });
        const page = await call(() => client.send(command, { abortSignal }));
        items.push(...((page.Responses?.[TableName] ?? []) as Item[]));
        const undone = (page.UnprocessedKeys?.[TableName]?.Keys ?? []) as Key[];
        left = [...left.slice(BATCH), ...undone];
      }
      return items;
    },

    async put(item, condition) {
      const command = new PutCommand({ TableName, Item: item, ...conditionInput(condition) });
      return (await conditional(() => client.send(command, bounded()))) !== undefined;
    },

    async update(key, set, condition, remove = []) {
      const command = new UpdateCommand({ TableName, Key: key, ...updateInput(set, remove, condition) });
      return (await conditional(() => client.send(command, bounded())))?.Attributes as Item | undefined;
    },

    async remove(key, condition) {
      const command = new DeleteCommand({ TableName, Key: key, ...conditionInput(condition) });
      return (await conditional(() => client.send(command, bounded()))) !== undefined;
    },

    async query(query) {
      const items: Item[] = [];
      let from: Record<string, unknown> | undefined;
      do {
        const command = new QueryCommand({ TableName, ...queryInput(query), ExclusiveStartKey: from });
        const page = await call(() => client.send(command, bounded()));
        items.push(...((page.Items ?? []) as Item[]));
        from = page.LastEvaluatedKey;
      } while (from !== undefined && items.length < (query.limit ?? Number.POSITIVE_INFINITY));
      return items.slice(0, query.limit);
    },
  };
}

function names(...expressions: string[]): Record<string, string> | undefined {
  const found = expressions.flatMap((expression) => expression.match(/#\w+/g) ?? []);
  return found.length === 0 ? undefined : Object.fromEntries(found.map((name) => [name, name.slice(1)]));
}

function conditionInput(condition: Condition | undefined) {
  if (condition === undefined) return {};
  return {
    ConditionExpression: condition.expression,
    ExpressionAttributeNames: names(condition.expression),
    ExpressionAttributeValues: condition.values,
  };
}

function updateInput(set: Record<string, unknown>, remove: string[], condition: Condition) {
  const assignments = Object.keys(set).map((name) => `#${name} = :new_${name}`);
  const removals = remove.map((name) => `#${name}`);
  const update = `SET ${assignments.join(', ')}${removals.length > 0 ? ` REMOVE ${removals.join(', ')}` : ''}`;
  const values = Object.fromEntries(Object.entries(set).map(([name, value]) => [`:new_${name}`, value]));
  return {
    UpdateExpression: update,
    ConditionExpression: condition.expression,
    ExpressionAttributeNames: names(update, condition.expression),
    ExpressionAttributeValues: { ...values, ...condition.values },
    ReturnValues: 'ALL_NEW' as const,
  };
}

function queryInput({ index, partition, sortPrefix, sortFrom, newestFirst = false, limit }: Query) {
  const [pk, sk] = index
    ? [TABLE.index.partitionKey, TABLE.index.sortKey]
    : [TABLE.partitionKey, TABLE.sortKey];
  const sort = sortPrefix ?? sortFrom;
  const bound = sortPrefix === undefined ? `#${sk} >= :sk` : `begins_with(#${sk}, :sk)`;
  const expression = sort === undefined ? `#${pk} = :pk` : `#${pk} = :pk AND ${bound}`;
  return {
    IndexName: index ? TABLE.index.name : undefined,
    ConsistentRead: !index,
    KeyConditionExpression: expression,
    ExpressionAttributeNames: names(expression),
    ExpressionAttributeValues: {
      ':pk': partition,
      ...(sort === undefined ? {} : { ':sk': sort }),
    },
    ScanIndexForward: !newestFirst,
    Limit: limit,
  };
}
