import { TABLE } from '../../../workflow/ledger/table.ts';
import type { AwsCall } from './aws-meter.ts';

/** DynamoDB bills writes by 1 KB and strongly consistent reads by 4 KB of item, each begun one in full. */
const WRITE_BYTES = 1_024;
const READ_BYTES = 4_096;

interface Units {
  read: number;
  write: number;
}

/**
 * The request units of one call, never too few: items are measured as JSON, which is longer than what DynamoDB
 * measures; a write to an item in the index counts as taking it out there and putting it in again.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html
 */
export function unitsOf({
  operation,
  request,
  response,
}: Pick<AwsCall, 'operation' | 'request' | 'response'>): Units {
  const asked = JSON.parse(request);
  const answered = JSON.parse(response);
  switch (operation) {
    case 'GetItem':
      return { read: blocks(answered.Item, READ_BYTES), write: 0 };
    case 'Query':
      // The index is read eventually consistent, which is half the price.
      return { read: blocks(answered.Items, READ_BYTES) * (asked.ConsistentRead ? 1 : 0.5), write: 0 };
    case 'PutItem':
      return { read: 0, write: blocks(asked.Item, WRITE_BYTES) * (isIndexed(asked.Item) ? 2 : 1) };
    case 'UpdateItem':
      // A refused condition is billed as a write too, and answers without the item.
      return {
        read: 0,
        write: blocks(answered.Attributes, WRITE_BYTES) * (isIndexed(answered.Attributes) ? 3 : 1),
      };
    case 'DeleteItem':
      return { read: 0, write: 1 };
    default:
      return { read: 0, write: 0 };
  }
}

function blocks(item: unknown, bytes: number): number {
  return Math.max(1, Math.ceil(Buffer.byteLength(JSON.stringify(item ?? '')) / bytes));
}

function isIndexed(item: Record<string, unknown> | undefined): boolean {
  return item !== undefined && TABLE.index.partitionKey in item;
}
