import type { SandboxState } from '../../api/contract.ts';
import { FAULT_NAMES, NO_FAULTS } from '../../faults/table.ts';
import type { Tab } from '../parts/tabs.tsx';

export type PanelId =
  | 'channel'
  | 'change'
  | 'requests'
  | 'policies'
  | 'entities'
  | 'executions'
  | 'traffic'
  | 'emails'
  | 'audit'
  | 'faults';

/** How much is not as usual: CloudTrail always takes its time. */
function faultsOf({ faults, settings: { cloudTrailDelayMs } }: SandboxState): number {
  const usual = { ...NO_FAULTS, cloudTrailDelayMs };
  return FAULT_NAMES.filter((name) => faults[name] !== usual[name]).length;
}

/** The tabs and what they count; the channel is one of them only where there is room for one pane. */
export function panelTabs(state: SandboxState, narrow: boolean): Tab<PanelId>[] {
  const waiting = state.requests.filter(({ status }) => status === 'pending').length;
  const channel: Tab<PanelId> = { id: 'channel', label: 'Channel', count: waiting, urgent: waiting > 0 };
  const others: Tab<PanelId>[] = [
    { id: 'change', label: 'Change' },
    { id: 'requests', label: 'Requests', count: waiting, urgent: waiting > 0 },
    {
      id: 'policies',
      label: 'Policies',
      count: state.policies.filter((policy) => !policy.awsManaged).length,
    },
    { id: 'entities', label: 'Entities' },
    { id: 'executions', label: 'Executions', count: state.executions.length },
    { id: 'traffic', label: 'Traffic' },
    { id: 'emails', label: 'E-mails', count: state.emails.length },
    { id: 'audit', label: 'Audit' },
    { id: 'faults', label: 'Faults', count: faultsOf(state), urgent: faultsOf(state) > 0 },
  ];
  return narrow ? [channel, ...others] : others;
}
