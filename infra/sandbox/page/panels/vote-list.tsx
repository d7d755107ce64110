import type { RequestState } from '../../api/contract.ts';
import { ClockTime } from '../parts/clock-time.tsx';

interface Vote {
  name: string;
  /** ISO 8601, UTC. */
  at: string;
}

/** Who has approved so far, where a request needs more than one; nothing for a request without votes. */
export function VoteList({ request }: { request: RequestState & { votes?: readonly Vote[] } }) {
  const { votes = [] } = request;
  if (votes.length === 0) return null;
  return (
    <>
      <dt>{votes.length === 1 ? '1 vote' : `${votes.length} votes`}</dt>
      <dd>
        <ul>
          {votes.map(({ name, at }) => (
            <li key={`${name} ${at}`}>
              {name}, <ClockTime at={new Date(at)} />
            </li>
          ))}
        </ul>
      </dd>
    </>
  );
}
