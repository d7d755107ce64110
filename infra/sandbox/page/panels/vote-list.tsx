import type { RequestState } from '../../api/contract.ts';
import { ClockTime } from '../parts/clock-time.tsx';

/** Who has approved so far, where a request needs more than one; nothing for a request without votes. */
export function VoteList({ request }: { request: Pick<RequestState, 'votes'> }) {
  const { votes } = request;
  if (votes.length === 0) return null;
  return (
    <>
      <dt>{votes.length === 1 ? '1 vote' : `${votes.length} votes`}</dt>
      <dd>
        <ul>
          {votes.map(({ by, at }) => (
            <li key={`${by.name} ${at}`}>
              {by.name}, <ClockTime at={new Date(at)} />
            </li>
          ))}
        </ul>
      </dd>
    </>
  );
}
