import type { ReactNode } from 'react';

export type Tone = 'ok' | 'bad' | 'wait' | 'info' | 'plain';

export function Badge({ tone, children }: { tone: Tone; children: ReactNode }) {
  return <span className={`badge ${tone}`}>{children}</span>;
}
