import type { Outcome } from '../../../../workflow/ledger/request.ts';
import { Badge, type Tone } from './badge.tsx';

const TONES: Readonly<Record<Outcome, Tone>> = {
  allowed: 'ok',
  approved: 'ok',
  denied: 'bad',
  expired: 'plain',
  superseded: 'plain',
  gone: 'plain',
  duplicate: 'plain',
  'own-change': 'plain',
  failed: 'bad',
};

/** How an execution or request ended. */
export function OutcomeBadge({ outcome }: { outcome: Outcome }) {
  return <Badge tone={TONES[outcome]}>{outcome}</Badge>;
}
