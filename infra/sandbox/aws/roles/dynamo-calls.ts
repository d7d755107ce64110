import { TABLE } from '../../../../workflow/ledger/table.ts';
import * as z from '../../../../workflow/runtime/zod.ts';
import type { Call } from '../../../iam-evaluator/evaluate.ts';
import { type Asked, arn, type Surroundings } from './asked.ts';

const item = z.record(z.string(), z.looseObject({ S: z.optional(z.string()) }));
/** What of a request says which items it touches. */
const touching = z.object({
  TableName: z.optional(z.string()),
  IndexName: z.optional(z.string()),
  Key: z.optional(item),
  Item: z.optional(item),
  KeyConditionExpression: z.optional(z.string()),
  ExpressionAttributeNames: z._default(z.record(z.string(), z.string()), {}),
  ExpressionAttributeValues: z._default(item, {}),
});
type Touching = z.output<typeof touching>;

/** What is done inside of a transaction, and the action that it takes. */
const INSIDE = {
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
  Get: 'GetItem',
} as const;
const transaction = z.object({
  TransactItems: z.array(
    z.partialRecord(z.enum(['Put', 'Update', 'Delete', 'ConditionCheck', 'Get']), touching),
  ),
});
const batch = z.object({ RequestItems: z.record(z.string(), z.object({ Keys: z.array(item) })) });

/** DynamoDB authorises on the table or index, with the partition keys that are touched as a condition key. */
export function dynamoCalls(
  { operation, input }: Pick<Asked, 'operation' | 'input'>,
  place: Pick<Surroundings, 'accountId' | 'region'>,
): Call[] {
  if (operation.startsWith('Transact')) {
    return transaction
      .parse(input)
      .TransactItems.flatMap((one) =>
        Object.entries(one).map(([kind, each]) =>
          callOf(INSIDE[kind as keyof typeof INSIDE], each, keysOf(each), place),
        ),
      );
  }
  if (operation === 'BatchGetItem') {
    return Object.entries(batch.parse(input).RequestItems).map(([TableName, { Keys }]) =>
      callOf(operation, { TableName }, Keys.flatMap(partitionKey), place),
    );
  }
  const read = touching.parse(input);
  return [callOf(operation, read, keysOf(read), place)];
}

function callOf(
  operation: string,
  { TableName = '', IndexName }: Pick<Touching, 'TableName' | 'IndexName'>,
  keys: string[],
  place: Pick<Surroundings, 'accountId' | 'region'>,
): Call {
  const index = IndexName === undefined ? '' : `/index/${IndexName}`;
  return {
    action: `dynamodb:${operation}`,
    resource: arn('dynamodb', `table/${TableName}${index}`, place),
    context: { 'dynamodb:LeadingKeys': keys },
  };
}

function keysOf(read: Touching): string[] {
  return [read.Key, read.Item].flatMap((one) => (one ? partitionKey(one) : [])).concat(queriedKey(read));
}

function partitionKey(one: z.output<typeof item>): string[] {
  const value = one[TABLE.partitionKey]?.S;
  return value === undefined ? [] : [value];
}

/** `pk = :pk AND …`: a query names the partition key first, as an attribute or a placeholder of its name. */
function queriedKey({ KeyConditionExpression = '', ...read }: Touching): string[] {
  const [, name = '', value = ''] = /^\s*\(?\s*(#?\w+)\s*=\s*(:\w+)/.exec(KeyConditionExpression) ?? [];
  const attribute = read.ExpressionAttributeNames[name] ?? name;
  const key = read.IndexName === undefined ? TABLE.partitionKey : TABLE.index.partitionKey;
  const queried = read.ExpressionAttributeValues[value]?.S;
  return attribute === key && queried !== undefined ? [queried] : [];
}
