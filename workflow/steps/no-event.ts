import { ERROR } from '../decisions/error-names.ts';

/** Somebody has started the state machine by hand, with what is neither an event nor the guard's own. */
class NoEventError extends Error {
  override name = ERROR.noEvent;

  constructor() {
    super('An execution was started with a name of something that the ledger does not hold.');
  }
}

/** Whatever the guard keeps under a name has one of these; the ledger is not asked for anything else. */
const NAME = /^[\w-]{1,64}$/;

/**
 * What an execution was started for, as the ledger has it.
 *
 * @param name as the execution was given it, which anybody may have started; nothing of it is quoted
 * @throws NoEventError where there is none
 */
export async function namedInLedger<T>(
  name: string,
  read: (name: string) => Promise<T | undefined>,
): Promise<T> {
  const found = NAME.test(name) ? await read(name) : undefined;
  if (found === undefined) throw new NoEventError();
  return found;
}
