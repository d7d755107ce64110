import { createHmac } from 'node:crypto';

/** An execution that was started in place of a dead one. */
interface StartedAgain {
  /** Names the first execution. */
  root: string;
  /** How many were started in its place, this one among them. */
  attempts: number;
  /** People have been told of the incident not long ago. */
  isTold: boolean;
}

/** What the ledger keeps of a dead execution, as far as it proves what is started in its place. */
interface Kept {
  root: string;
  /** Known to the ledger alone. */
  secret: string;
}

const NAME = /^(again|told)-([0-9a-f]{32})-(\d+)-[0-9a-f]{24}$/;

/** Anybody may start an execution and see the names of others: the end of each name is made for that one alone. */
export function nameOf({ attempts, isTold }: Omit<StartedAgain, 'root'>, { root, secret }: Kept): string {
  const claim = `${isTold ? 'told' : 'again'}-${root}-${attempts}`;
  return `${claim}-${createHmac('sha256', secret).update(claim).digest('hex').slice(0, 24)}`;
}

/** What the name says; whoever starts an execution chooses it. @returns undefined where it says nothing of the kind */
export function claimOf(executionArn: string): StartedAgain | undefined {
  const [, prefix, root, attempts] = NAME.exec(nameIn(executionArn)) ?? [];
  return root === undefined ? undefined : { root, attempts: Number(attempts), isTold: prefix === 'told' };
}

/** @returns undefined for an execution that something else has started */
export function startedAgain(executionArn: string, kept: Kept | undefined): StartedAgain | undefined {
  const claim = claimOf(executionArn);
  const isOurs = claim && kept?.root === claim.root && nameOf(claim, kept) === nameIn(executionArn);
  return isOurs ? claim : undefined;
}

/**
 * The same, where the ledger may be silent: then the name is believed, for what has died may have been at work.
 *
 * @param ask what the ledger keeps of that root; undefined when it does not answer
 */
export async function startedAgainAsked(
  executionArn: string,
  ask: (root: string) => Promise<{ kept: Kept | undefined } | undefined>,
): Promise<StartedAgain | undefined> {
  const claim = claimOf(executionArn);
  const answer = claim && (await ask(claim.root));
  return answer === undefined ? claim : startedAgain(executionArn, answer.kept);
}

function nameIn(executionArn: string): string {
  return executionArn.split(':').at(-1) ?? '';
}
