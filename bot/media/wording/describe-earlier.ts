import type { Earlier } from '../../../workflow/ledger/request.ts';
import { countOf } from './phrases.ts';

/** `first request in 90 days`, `7 requests in 90 days: 6 approved, 1 denied`. */
export function describeEarlierCounts({ requests, approved, denied, orMore }: Earlier): string {
  if (requests === 0) return 'first request in 90 days';
  const counted = orMore ? `${requests} or more earlier requests` : countOf(requests, 'earlier request');
  const came = [
    ...(approved > 0 ? [`${approved} approved`] : []),
    ...(denied > 0 ? [`${denied} denied`] : []),
  ];
  return `${counted} in 90 days${came.length === 0 ? '' : `: ${came.join(', ')}`}`;
}
