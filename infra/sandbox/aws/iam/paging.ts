import { validationError } from './errors.ts';

interface Page<T> {
  items: T[];
  /** What the answer says about the rest. */
  rest: { IsTruncated: boolean; Marker?: string };
}

/**
 * One page of a list.
 * @throws AwsError `ValidationError` for a marker that no earlier page gave
 */
export function pageOf<T>(all: T[], { Marker, MaxItems }: { Marker?: string; MaxItems: number }): Page<T> {
  const start = Marker === undefined ? 0 : positionIn(Marker);
  const end = start + MaxItems;
  const truncated = end < all.length;
  return {
    items: all.slice(start, end),
    rest: { IsTruncated: truncated, ...(truncated && { Marker: markerFor(end) }) },
  };
}

function markerFor(position: number): string {
  return Buffer.from(`position:${position}`).toString('base64');
}

function positionIn(marker: string): number {
  const [, position] = /^position:(\d+)$/.exec(Buffer.from(marker, 'base64').toString()) ?? [];
  if (position === undefined) throw validationError('Invalid Marker.');
  return Number(position);
}
