import { checkMessage } from '../../bot/app/commands/check.ts';
import { describeCheck } from '../../bot/app/commands/describe-check.ts';
import { historyMessage } from '../../bot/app/commands/history.ts';
import { restrictedActionsMessage } from '../../bot/app/commands/list.ts';
import { describeDetails } from '../../bot/app/details/describe-details.ts';
import { detailsView } from '../../bot/app/details/details-view.ts';
import { describeLatest } from '../../bot/app/past-requests.ts';
import type { RestrictedAction } from '../../workflow/inspection/finding.ts';
import { pack } from '../../workflow/inspection/packed-document.ts';
import { SCHEDULE } from '../support/message-options.ts';
import { APPROVED, aRequest } from '../support/requests.ts';
import { compare } from './compare.ts';
import type { Row } from './row.ts';

const HALF = 500;

const restricted = (count: number): RestrictedAction[] =>
  Array.from({ length: count }, (_, index) => ({ pattern: `service${index}:Delete*`, why: 'It is gone.' }));

/** A document of so many lines, every tenth of them another one than in its like. */
const document = (count: number, like: string) =>
  pack(
    JSON.stringify({
      Statement: Array.from({ length: count }, (_, index) => `${index % 10 === 0 ? like : ''}${index}`),
    }),
  );

const NOW = new Date('2026-03-01T12:00:00.000Z');
const NONE = { samePolicy: 'unknown', sameRequester: 'unknown' } as const;

/** What a person waits for; prepares for a size, and gives what is measured. */
const answers: Record<string, (size: number) => () => unknown> = {
  'list of restricted actions': (size) => {
    const list = restricted(size);
    return () => restrictedActionsMessage(list);
  },
  'check of everything': (size) => {
    const list = restricted(size);
    const checked = { actions: ['*'] };
    return () => checkMessage(checked, describeCheck(checked, list, 'enforce'), 'enforce');
  },
  'history of past requests': (size) => {
    const requests = Array.from({ length: size }, (_, index) =>
      aRequest(`r${index}`, { decision: APPROVED, outcome: 'approved', status: 'closed' }),
    );
    return () => historyMessage(describeLatest(requests, 50));
  },
  'details with a difference': (size) => {
    const before = { label: 'version v1', document: document(size, 'a') };
    const request = aRequest('one', { document: document(size, 'b'), surroundings: { before } });
    return () => detailsView(describeDetails(request, NONE, { now: NOW, settings: SCHEDULE }), 2);
  },
};

/** Twice as much takes twice as long: four times would be its square. */
export function growthRows(isShort: boolean): Row[] {
  return Object.entries(answers).flatMap(([what, prepare]) =>
    compare(prepare(HALF), [{ what, run: prepare(2 * HALF) }], isShort ? 15 : 60).map(
      ({ ratio }): Row => ({
        group: 'an answer for 1,000 against 500',
        what,
        value: ratio,
        unit: '×',
        most: 4.5,
      }),
    ),
  );
}
