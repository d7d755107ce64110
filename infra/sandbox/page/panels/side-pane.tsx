import type { ReactNode } from 'react';
import type { SandboxState } from '../../api/contract.ts';
import { ChangeForm } from '../change/change-form.tsx';
import { TabPanel } from '../parts/tabs.tsx';
import { AuditTrail } from './audit-trail.tsx';
import { Emails } from './emails.tsx';
import { Entities } from './entities.tsx';
import { Executions } from './executions.tsx';
import { Policies } from './policies.tsx';
import { Requests } from './requests.tsx';
import type { PanelId } from './tabs.ts';

/** The panels beside the channel. All stay mounted, so that each keeps its place and what was typed into it. */
export function SidePane({ state, selected }: { state: SandboxState; selected: PanelId }) {
  const panels: Record<Exclude<PanelId, 'channel'>, ReactNode> = {
    change: <ChangeForm state={state} />,
    requests: <Requests state={state} />,
    policies: <Policies state={state} />,
    entities: <Entities state={state} />,
    executions: <Executions state={state} />,
    emails: <Emails emails={state.emails} />,
    audit: <AuditTrail audit={state.audit} />,
  };
  return Object.entries(panels).map(([id, panel]) => (
    <TabPanel key={id} id={id} selected={selected === id}>
      {panel}
    </TabPanel>
  ));
}
