import { expect, it } from 'vitest';
import { readEarlier } from '../../../../bot/app/details/read-earlier.ts';
import type { ApprovalRequest } from '../../../../workflow/ledger/request.ts';
import { aRequest } from '../../../support/requests.ts';

const never = () => new Promise<ApprovalRequest[]>(() => undefined);
const quiet = { debug() {}, info() {}, warn() {}, error() {} };

const read = (lists: {
  listByTarget: () => Promise<ApprovalRequest[]>;
  listByRequester: () => Promise<ApprovalRequest[]>;
}) =>
  readEarlier(
    { ledger: lists, limits: { earlierMs: 20 }, log: quiet } as unknown as Parameters<typeof readEarlier>[0],
    aRequest('one'),
  );

const others = async () => [aRequest('one'), aRequest('two')];

it('leaves out the request itself', async () => {
  const { samePolicy } = await read({ listByTarget: others, listByRequester: others });
  expect(samePolicy).toMatchObject({ shown: [{ requestId: 'two' }], more: 0, orMore: false });
});

it('does not wait for a list that does not come, nor lose the other', async () => {
  const { samePolicy, sameRequester } = await read({ listByTarget: never, listByRequester: others });
  expect(samePolicy).toBe('unknown');
  expect(sameRequester).toMatchObject({ shown: [{ requestId: 'two' }] });
});

it('says that a list could not be read', async () => {
  const failing = () => Promise.reject(new Error('away'));
  expect(await read({ listByTarget: failing, listByRequester: failing })).toEqual({
    samePolicy: 'unknown',
    sameRequester: 'unknown',
  });
});
