import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fixtureEvent } from '../../support/fixture-events.ts';

const folder = join(import.meta.dirname, '../../../fixtures/events');

/** A record as CloudTrail writes it; loose, so that tests can bend it. */
type LooseRecord = Record<string, unknown> & {
  requestParameters: Record<string, unknown> | null;
  responseElements: Record<string, unknown> | null;
};

interface LooseEvent extends Record<string, unknown> {
  detail: LooseRecord;
}

const jsonNames = (of: string) =>
  readdirSync(of)
    .filter((file) => file.endsWith('.json'))
    .map((file) => file.slice(0, -'.json'.length));

export const eventNames = jsonNames(folder);
export const identityNames = jsonNames(join(folder, 'identities'));

/** A fresh copy of an EventBridge event, e.g. `create-policy`, with some fields of its record replaced. */
export function anEvent(name: string, overrides: Record<string, unknown> = {}): LooseEvent {
  return fixtureEvent(name, overrides) as LooseEvent;
}

/** A fresh copy of a `userIdentity`, e.g. `root`. */
export function anIdentity(name: string) {
  return JSON.parse(readFileSync(join(folder, 'identities', `${name}.json`), 'utf8'));
}
