import { Badge, type Tone } from './badge.tsx';

const TONES: Readonly<Record<string, Tone>> = {
  allowed: 'ok',
  approved: 'ok',
  denied: 'bad',
  failed: 'bad',
  observed: 'info',
  exempt: 'info',
};

/** Where the name of the outcome does not read well by itself. */
const LABELS: Readonly<Record<string, string>> = { observed: 'Observed', exempt: 'Exempt' };

/** How an execution or request ended; one that the page does not know is shown by its name. */
export function OutcomeBadge({ outcome }: { outcome: string }) {
  return <Badge tone={TONES[outcome] ?? 'plain'}>{LABELS[outcome] ?? outcome}</Badge>;
}
