export interface Person {
  id: string;
  /** The handle. */
  handle: string;
  name: string;
  email: string;
  guest: boolean;
  /** One line: what this person may do. */
  role: string;
}

/**
 * Who is in the sandbox's workspace. Nobody makes changes under the names of the first two, so they may decide
 * every request; Dana is also the sandbox's Identity Center user.
 */
export const PEOPLE: readonly Person[] = [
  person('U0ADALOVE', 'Ada Lovelace', 'approves'),
  person('U0GRACEHO', 'Grace Hopper', 'approves'),
  person('U0MARGARE', 'Margaret Hamilton', 'approves'),
  {
    id: 'U0DANALEE',
    handle: 'dana',
    name: 'Dana Lee',
    email: 'dana@example.com',
    guest: false,
    role: 'approves, but not the changes she makes herself',
  },
  { ...person('U0GUESTGU', 'Gus Guest', 'a guest: may look, not decide'), guest: true },
];

function person(id: string, name: string, role: string): Person {
  const handle = name.toLowerCase().replace(' ', '.');
  return { id, handle, name, email: `${handle}@example.com`, guest: false, role };
}
