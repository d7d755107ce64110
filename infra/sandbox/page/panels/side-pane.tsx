import type { ReactNode } from 'react';
import type { SandboxState } from '../../api/contract.ts';
import { ChangeForm } from '../change/change-form.tsx';
import { FaultList } from '../faults/fault-list.tsx';
import { TabPanel } from '../parts/tabs.tsx';
import { AuditTrail } from './audit-trail.tsx';
import { Emails } from './emails.tsx';
import { Entities } from './entities.tsx';
import { Executions } from './executions.tsx';
import { Policies } from './policies.tsx';
import { Requests } from './requests.tsx';
import type { PanelId } from './tabs.ts';
import { Traffic } from './traffic.tsx';

/** The panels beside the channel. All stay mounted, so that each keeps its place and what was typed into it. */
export function SidePane({ state, selected }: { state: SandboxState; selected: PanelId }) {
  const panels: Record<Exclude<PanelId, 'channel'>, [heading: string, panel: ReactNode]> = {
    change: ['Make a change', <ChangeForm key="change" state={state} />],
    requests: ['Requests', <Requests key="requests" state={state} />],
    policies: ['Policies', <Policies key="policies" state={state} />],
    entities: ['Users, groups and roles', <Entities key="entities" state={state} />],
    executions: [
      'Executions of the state machine',
      <Executions key="executions" state={state} shown={selected === 'executions'} />,
    ],
    traffic: ['Slack and the functions', <Traffic key="traffic" exchanges={state.slack.exchanges} />],
    emails: ['E-mails', <Emails key="emails" emails={state.emails} />],
    audit: ['Audit trail', <AuditTrail key="audit" audit={state.audit} people={state.people} />],
    faults: ['What is out of order, late or lagging', <FaultList key="faults" faults={state.faults} />],
  };
  return Object.entries(panels).map(([id, [heading, panel]]) => (
    <TabPanel key={id} id={id} selected={selected === id}>
      <h2 className="visually-hidden">{heading}</h2>
      {panel}
    </TabPanel>
  ));
}
