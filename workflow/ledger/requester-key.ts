import type { Requester } from '../events/change.ts';

/** Names who made a change, session included: the key for what one requester does at a time, and has done before. */
export function requesterKey({ arn, type, label }: Requester): string {
  return (arn ?? `${type}|${label}`).toLowerCase();
}
