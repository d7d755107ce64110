import { gunzipSync } from 'node:zlib';
import type { LedgerItem } from '../world/world.ts';

/** A request as the table has it, read without the product's own code. */
export interface KeptRequest {
  id: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  status: string;
  outcome: string | undefined;
  decision: { decision: string; via: string; by: { slackUserId?: string } } | undefined;
  /** Undefined when it cannot be read back. */
  document: string | undefined;
  /** Everybody whom an event names as who made the change. */
  makers: readonly string[];
}

export interface KeptAudit {
  event: string;
  requestId: string | undefined;
  slackUserId: string | undefined;
}

export function requestsIn(items: readonly LedgerItem[]): KeptRequest[] {
  return items
    .filter(({ pk, sk }) => pk.startsWith('request#') && sk === 'request')
    .map((item) => ({
      id: item.pk.slice('request#'.length),
      createdAt: String(item.createdAt ?? ''),
      status: String(item.status),
      outcome: item.outcome as string | undefined,
      decision: item.decision as KeptRequest['decision'],
      document: documentOf(item) ?? documentOf(contentOf(items, item)),
      makers: makersIn(item) ?? makersIn(contentOf(items, item)) ?? [],
    }));
}

export function auditIn(items: readonly LedgerItem[]): KeptAudit[] {
  return items.filter(
    ({ sk, pk }) => sk.startsWith('audit#') || pk.startsWith('audit#'),
  ) as unknown as KeptAudit[];
}

/** What was written once of a request lies beside it. */
function contentOf(items: readonly LedgerItem[], { pk, contentId }: LedgerItem): LedgerItem | undefined {
  return items.find((item) => item.pk === pk && item.sk === `content#${contentId}`);
}

interface Named {
  requester: { arn?: string; label: string };
}

function makersIn({ change, alsoNamed = [] }: Partial<LedgerItem> = {}): string[] | undefined {
  if (change === undefined) return undefined;
  return [change as Named, ...(alsoNamed as Named[])].map(({ requester: { arn, label } }) => arn ?? label);
}

/** The document stands in the item as gzip, in base64. */
function documentOf({ document }: Partial<LedgerItem> = {}): string | undefined {
  const gzip = (document as { gzip?: string } | undefined)?.gzip;
  if (gzip === undefined) return undefined;
  return gunzipSync(Buffer.from(gzip, 'base64')).toString('utf8');
}
