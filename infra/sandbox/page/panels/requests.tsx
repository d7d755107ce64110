import type { SandboxState } from '../../api/contract.ts';
import { Empty } from '../parts/empty.tsx';
import { RequestCard } from './request-card.tsx';

/** Requests, newest first, whatever has become of them. */
export function Requests({ state }: { state: SandboxState }) {
  if (state.requests.length === 0) {
    return <Empty>No change has needed a decision yet. Harmless changes never become requests.</Empty>;
  }
  return (
    <ul className="cards">
      {state.requests
        .toSorted((one, other) => other.createdAt.localeCompare(one.createdAt))
        .map((request) => (
          <RequestCard key={request.id} request={request} />
        ))}
    </ul>
  );
}
