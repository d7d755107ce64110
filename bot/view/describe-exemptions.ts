import type { Exemption } from '../../workflow/events/exemptions/exemption.ts';
import { plainLine } from './plain-line.ts';

export interface ExemptionView {
  pattern: string;
  reason: string;
  /** `until 2026-12-31`, or `ended on 2026-01-31`. */
  end: string;
}

/** @param now an exemption holds until the end of its last day, UTC */
export function describeExemption({ pattern, until, reason }: Exemption, now: Date): ExemptionView {
  const ended = now.toISOString().slice(0, 10) > until;
  return {
    pattern: plainLine(pattern),
    reason: plainLine(reason),
    end: ended ? `ended on ${until}` : `until ${until}`,
  };
}
