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
 * measures. A new place in the index counts as taking the item out there and putting it in again; where an update leaves
 * the place alone, the index is written once, as the table is.
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
    case 'BatchGetItem':
      return {
        read: sum(
          Object.values(answered.Responses ?? {})
            .flat()
            .map((item) => blocks(item, READ_BYTES)),
        ),
        write: 0,
      };
    case 'Query':
      // The index is read eventually consistent, which is half the price.
      return { read: blocks(answered.Items, READ_BYTES) * (asked.ConsistentRead ? 1 : 0.5), write: 0 };
    case 'PutItem':
      return { read: 0, write: blocks(asked.Item, WRITE_BYTES) * (isIndexed(asked.Item) ? 2 : 1) };
    case 'UpdateItem':
      // A refused condition is billed as a write too, and answers without the item.
      return {
        read: 0,
        write: blocks(answered.Attributes, WRITE_BYTES) * (1 + indexWrites(asked, answered.Attributes)),
      };
    case 'DeleteItem':
      // What is deleted is small; whether it stood in the index does not show.
      return { read: 0, write: 2 };
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

function indexWrites(asked: { UpdateExpression?: string }, updated: Record<string, unknown> | undefined) {
  if (!isIndexed(updated)) return 0;
  const { partitionKey, sortKey } = TABLE.index;
  return [partitionKey, sortKey].some((key) => asked.UpdateExpression?.includes(`#${key} `)) ? 2 : 1;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);
