import type { PolicyState, RequestState } from '../../api/contract.ts';
import { Badge } from '../parts/badge.tsx';
import { PolicyVersion } from './policy-version.tsx';
import { versionUnderReview } from './quarantine.ts';

/** A policy with its versions, the one in force first. */
export function PolicyCard({ policy, requests }: { policy: PolicyState; requests: readonly RequestState[] }) {
  const underReview = versionUnderReview(policy, requests);
  return (
    <li className="card">
      <header className="card-header">
        <h3>{policy.name}</h3>
        {underReview && <Badge tone="wait">Quarantined</Badge>}
        {policy.awsManaged && <Badge tone="plain">AWS managed</Badge>}
      </header>
      <p className="arn">{policy.arn}</p>
      <p className="hint">
        {policy.attachedTo.length > 0 ? `Attached to ${policy.attachedTo.join(', ')}` : 'Attached to nothing'}
      </p>
      {policy.versions
        .toSorted((one, other) => Number(other.isDefault) - Number(one.isDefault))
        .map((version) => (
          <PolicyVersion
            key={version.versionId}
            version={version}
            policyName={policy.name}
            underReview={version.versionId === underReview}
          />
        ))}
    </li>
  );
}
