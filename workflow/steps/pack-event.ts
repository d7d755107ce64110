import { recordIn } from '../events/cloudtrail-record.ts';
import { type PackedDocument, packIfSmall } from '../inspection/packed-document.ts';
import type { Log } from '../runtime/logger.ts';

/**
 * The CloudTrail record, as it came, for whoever decides.
 *
 * @param event an EventBridge event with the record as its detail
 * @returns nothing when it is too large to travel along, which only the log tells
 */
export function packEvent(event: unknown, log: Log): { event?: PackedDocument } {
  const text = JSON.stringify(recordIn(event));
  const packed = packIfSmall(text);
  if (packed !== undefined) return { event: packed };
  log.info('The event is too large to be kept with its request.', { characters: text.length });
  return {};
}
