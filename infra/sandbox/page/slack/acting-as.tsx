import type { PersonState } from '../../api/contract.ts';

/** Who clicks, types and submits. */
export function ActingAs({
  people,
  user,
  onUser,
}: {
  people: readonly PersonState[];
  user: string;
  onUser(user: string): void;
}) {
  const person = people.find(({ id }) => id === user);
  return (
    <div className="acting-as">
      <label htmlFor="acting-as">Acting as</label>
      <select
        id="acting-as"
        value={user}
        aria-describedby="acting-as-role"
        onChange={(event) => onUser(event.target.value)}
      >
        {people.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <p id="acting-as-role" className="hint">
        {person?.role}
      </p>
    </div>
  );
}
