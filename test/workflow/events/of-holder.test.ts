import { expect, it } from 'vitest';
import { parseRecord } from '../../../workflow/events/cloudtrail-record.ts';
import { changeOf, changeOfAnother, targetInEvent } from '../../../workflow/events/of-holder.ts';
import { parseChange } from '../../../workflow/events/parse-change.ts';
import { BAD, createdEvent, putEvent } from '../../support/ways-in.ts';

const { change } = parseChange(parseRecord(putEvent('user', BAD).detail));

it('a change is of one user under the name of now, and tells the one of its event', () => {
  const renamed = changeOf(change, { id: 'AIDA1', name: 'carol' });
  expect(renamed).toMatchObject({
    requestId: change.requestId,
    target: { entityName: 'carol' },
    holder: { id: 'AIDA1', named: 'bob' },
  });
  expect(targetInEvent(renamed)).toEqual(change.target);
  const again = changeOf(renamed, { id: 'AIDA1', name: 'dave' });
  expect(targetInEvent(again)).toEqual(change.target);
  expect(changeOf(again, { id: 'AIDA1', name: 'Bob' }).holder).toEqual({ id: 'AIDA1' });
});

it('of another one it has a request of its own, the same under each name', () => {
  const ids = ['carol', 'dave'].map((name) => changeOfAnother(change, { id: 'AIDA1', name }).requestId);
  expect(new Set(ids).size).toBe(1);
  expect(ids).not.toContain(change.requestId);
  expect(changeOfAnother(change, { id: 'AIDA2', name: 'carol' }).requestId).not.toBe(ids[0]);
});

it('of a managed policy there is one alone', () => {
  const created = parseChange(parseRecord(createdEvent(BAD).detail)).change;
  expect(changeOf(created, { id: 'AIDA1', name: 'carol' })).toBe(created);
});
