import { readFileSync } from 'node:fs';

export const ACCOUNT = '123456789012';
export const CONTAIN_ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/policy-guard-contain`;

type Fields = Record<string, unknown>;

export interface FixtureEvent extends Fields {
  detail: Fields;
}

/** A fresh copy of `fixtures/events/<name>.json`, with fields of its CloudTrail record replaced. */
export function fixtureEvent(name: string, record: Fields = {}): FixtureEvent {
  const event = readJson(`events/${name}.json`) as FixtureEvent;
  return { ...event, detail: { ...event.detail, ...record } };
}

/** `fixtures/events/identities/<name>.json`: a `userIdentity`; null where a record has none. */
export function fixtureIdentity(name: string): Fields | null {
  return readJson(`events/identities/${name}.json`) as Fields | null;
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), 'utf8'));
}
