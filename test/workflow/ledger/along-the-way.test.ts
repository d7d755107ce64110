import { describe, expect, it } from 'vitest';
import { readPast } from '../../../bot/app/past-requests.ts';
import { listAlong, STATUSES } from '../../../workflow/ledger/along-the-way.ts';
import type { ApprovalRequest } from '../../../workflow/ledger/request.ts';
import { aRequest } from '../../support/requests.ts';

type Status = ApprovalRequest['status'];

/** Lists the only request there is, which moves on after so many answers; what is asked at once is answered last first. */
function moving(from: Status, after: number) {
  let [at, answers] = [STATUSES.indexOf(from), 0];
  const asked: (() => void)[] = [];
  return async (status: Status): Promise<ApprovalRequest[]> => {
    await new Promise<void>((answer) => {
      asked.push(answer);
      setImmediate(() => asked.pop()?.());
    });
    const found = STATUSES[at] === status ? [{ ...aRequest('moving'), status }] : [];
    answers += 1;
    if (answers === after) at = Math.min(at + 1, STATUSES.length - 1);
    return found;
  };
}

const idOf = ({ id }: ApprovalRequest) => id;
const MOMENTS = [1, 2, 3];

describe('a request that moves on while it is listed', () => {
  it.each(STATUSES.flatMap((from) => MOMENTS.map((after) => ({ from, after }))))(
    'is listed once, as it was found last ($from, after answer $after)',
    async ({ from, after }) => {
      const seen: Status[] = [];
      const list = moving(from, after);
      const noting = async (status: Status) => {
        const found = await list(status);
        seen.push(...found.map((each) => each.status));
        return found;
      };
      const listed = await listAlong(STATUSES.toReversed(), noting, idOf);
      expect(listed.map(({ status }) => status)).toEqual([seen.at(-1)]);
    },
  );

  it.each(MOMENTS)('is not missing from the past (after answer %i)', async (after) => {
    const ledger = { list: moving('decided', after) } as unknown as Parameters<typeof readPast>[0]['ledger'];
    expect((await readPast({ ledger }, 10)).map(idOf)).toEqual(['moving']);
  });

  it('is looked for among the statuses that were asked for, and no others', async () => {
    expect(await listAlong(['pending', 'decided'], moving('closed', 1), idOf)).toEqual([]);
  });
});
