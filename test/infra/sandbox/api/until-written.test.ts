import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect, it } from 'vitest';
import { untilWritten } from '../../../../infra/sandbox/api/until-written.ts';

function table() {
  let reads = 0;
  const { read, watch } = untilWritten(async () => ++reads);
  /** Sends a call to the table. @returns what answers it */
  const call = (target: string) => {
    const response = new EventEmitter();
    const request = { headers: { 'x-amz-target': target } };
    watch(() => undefined)(request as unknown as IncomingMessage, response as ServerResponse);
    return () => response.emit('close');
  };
  return { read, call };
}

it('what was read stands while nothing is written, whatever else is called', async () => {
  const { read, call } = table();
  await read();
  for (const target of ['DynamoDB_20120810.Query', 'DynamoDB_20120810.GetItem', 'AWSStepFunctions.Write'])
    call(target);
  expect(await read()).toBe(1);
});

it.each(['PutItem', 'UpdateItem', 'DeleteItem', 'BatchWriteItem', 'TransactWriteItems'])(
  'is read anew for everybody while %s is not answered yet, and once more after that',
  async (operation) => {
    const { read, call } = table();
    await read();
    const answer = call(`DynamoDB_20120810.${operation}`);
    expect([await read(), await read()]).toEqual([2, 3]);
    answer();
    expect([await read(), await read()]).toEqual([4, 4]);
  },
);

it('what could not be read is asked for again', async () => {
  let tries = 0;
  const { read } = untilWritten(async () => {
    if (++tries === 1) throw new Error('down');
    return tries;
  });
  await expect(read()).rejects.toThrow('down');
  expect(await read()).toBe(2);
});
