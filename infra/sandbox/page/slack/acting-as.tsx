import type { PersonState } from '../../api/contract.ts';

/** Beside the name, since the groups of a closed menu cannot be seen. */
const KIND: Readonly<Record<PersonState['kind'], string>> = {
  member: '',
  guest: ' (guest)',
  external: ' (external)',
  deactivated: ' (deactivated)',
  bot: ' (bot)',
  'other-workspace': ' (other workspace)',
};

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
        <People label="Members" people={people.filter(({ kind }) => kind === 'member')} />
        <People label="People who never count" people={people.filter(({ kind }) => kind !== 'member')} />
      </select>
      <p id="acting-as-role" className="hint">
        {person?.role}
      </p>
    </div>
  );
}

function People({ label, people }: { label: string; people: readonly PersonState[] }) {
  if (people.length === 0) return null;
  return (
    <optgroup label={label}>
      {people.map(({ id, name, kind }) => (
        <option key={id} value={id}>
          {name}
          {KIND[kind]}
        </option>
      ))}
    </optgroup>
  );
}
