import { useState } from 'react';
import type { SandboxState } from '../../api/contract.ts';
import { Empty } from '../parts/empty.tsx';
import { PolicyCard } from './policy-card.tsx';

/** The account's own policies, newest first; those that AWS manages on demand, because they are long. */
export function Policies({ state }: { state: SandboxState }) {
  const [withManaged, setWithManaged] = useState(false);
  const own = state.policies.filter((policy) => !policy.awsManaged).toSorted(newestFirst);
  const managed = state.policies.filter((policy) => policy.awsManaged);
  return (
    <>
      {own.length === 0 && <Empty>This account has no policies of its own yet.</Empty>}
      <ul className="cards">
        {own.map((policy) => (
          <PolicyCard key={policy.arn} policy={policy} requests={state.requests} />
        ))}
      </ul>
      {managed.length > 0 && (
        <details className="managed" onToggle={(event) => setWithManaged(event.currentTarget.open)}>
          <summary>
            {managed.length} AWS managed {managed.length === 1 ? 'policy' : 'policies'} in use
          </summary>
          {withManaged && (
            <ul className="cards">
              {managed.map((policy) => (
                <PolicyCard key={policy.arn} policy={policy} requests={state.requests} />
              ))}
            </ul>
          )}
        </details>
      )}
    </>
  );
}

type Policy = SandboxState['policies'][number];

function newestFirst(one: Policy, other: Policy): number {
  const writtenAt = ({ versions }: Policy) =>
    versions
      .map(({ createdAt }) => createdAt)
      .sort()
      .at(-1) ?? '';
  return writtenAt(other).localeCompare(writtenAt(one));
}
