import type { PolicyState } from '../../api/contract.ts';
import { Badge } from '../parts/badge.tsx';
import { ClockTime } from '../parts/clock-time.tsx';
import { DocumentText } from '../parts/document-text.tsx';
import { isPlaceholder } from './quarantine.ts';

export function PolicyVersion({
  version,
  policyName,
  underReview,
}: {
  version: PolicyState['versions'][number];
  policyName: string;
  underReview: boolean;
}) {
  const { versionId, isDefault, document, createdAt } = version;
  return (
    <details className={isDefault ? 'version in-force' : 'version'} open={isDefault || underReview}>
      <summary>
        <strong>{versionId}</strong>
        {isDefault ? <Badge tone="ok">In force</Badge> : <Badge tone="plain">Not in force</Badge>}
        {isPlaceholder(document) && <Badge tone="wait">Placeholder: grants nothing</Badge>}
        {underReview && <Badge tone="info">Under review</Badge>}
        <span className="muted">
          <ClockTime at={new Date(createdAt)} />
        </span>
      </summary>
      <DocumentText text={document} label={`${policyName} ${versionId}`} />
    </details>
  );
}
