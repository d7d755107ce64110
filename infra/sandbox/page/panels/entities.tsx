import type { EntityState, SandboxState } from '../../api/contract.ts';
import { Badge } from '../parts/badge.tsx';
import { DocumentText } from '../parts/document-text.tsx';
import { Empty } from '../parts/empty.tsx';
import { isPlaceholder } from './quarantine.ts';

/** Users, groups and roles with what is attached to them and written into them. */
export function Entities({ state }: { state: SandboxState }) {
  if (state.entities.length === 0) return <Empty>This account has no users, groups or roles.</Empty>;
  return (
    <ul className="cards">
      {state.entities.map((entity) => (
        <EntityCard key={entity.arn} entity={entity} />
      ))}
    </ul>
  );
}

function EntityCard({ entity }: { entity: EntityState }) {
  return (
    <li className="card">
      <header className="card-header">
        <h3>{entity.name}</h3>
        <Badge tone="plain">{entity.type}</Badge>
      </header>
      <p className="arn">{entity.arn}</p>
      <Attached policies={entity.attachedPolicies} />
      {entity.inlinePolicies.map(({ name, document }) => (
        <details key={name} className="version in-force" open>
          <summary>
            <strong>{name}</strong> <Badge tone="plain">inline</Badge>
            {isPlaceholder(document) && <Badge tone="wait">Quarantined: grants nothing</Badge>}
          </summary>
          <DocumentText text={document} label={`inline policy ${name} of ${entity.type} ${entity.name}`} />
        </details>
      ))}
    </li>
  );
}

function Attached({ policies }: { policies: readonly string[] }) {
  if (policies.length === 0) return <p className="hint">No attached policies</p>;
  return (
    <ul className="chips" aria-label="Attached policies">
      {policies.map((policy) => (
        <li key={policy} title={policy}>
          {policy.split('/').at(-1)}
        </li>
      ))}
    </ul>
  );
}
