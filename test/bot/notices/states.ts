import { pack } from '../../../workflow/inspection/packed-document.ts';
import type { Contained, Quarantined, Waiting } from '../../../workflow/steps/payloads.ts';
import { aRequest, REVIEWED } from '../../support/requests.ts';

export const EXECUTION = 'arn:aws:states:us-east-1:123456789012:execution:policy-guard:one';

/** Output of Quarantine for the sample's bad policy. */
export function quarantined(id: string, overrides: Partial<Quarantined> = {}): Quarantined {
  const { change, inspection, containment, quarantinedAt } = aRequest(id);
  return {
    status: 'quarantined',
    detail: 'v1 is out of force.',
    ...{ change, inspection, containment, quarantinedAt },
    document: pack(REVIEWED),
    executionArn: EXECUTION,
    ...overrides,
  };
}

/** Output of Restore or Discard. */
export function contained(waiting: Waiting, outcome: Contained['outcome'], detail: string): Contained {
  const { wait: _wait, ...state } = waiting;
  return { ...state, outcome, detail };
}
