import type { CloudTrailRecord } from './cloudtrail-record.ts';
import { UnreadableChangeError } from './errors.ts';

/**
 * @param path where the field lies in the record, e.g. `['requestParameters', 'policyArn']`
 * @throws UnreadableChangeError when there is no text
 */
export function readText(record: CloudTrailRecord, ...path: string[]): string {
  const value = readField(record, ...path);
  if (typeof value === 'string' && value !== '') return value;
  throw new UnreadableChangeError(
    `The ${record.eventName} event ${record.eventID} has no ${path.join('.')}, so what it changed is not known.`,
  );
}

/** @returns undefined where the path leads nowhere */
export function readField(record: CloudTrailRecord, ...path: string[]): unknown {
  let value: unknown = record;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
