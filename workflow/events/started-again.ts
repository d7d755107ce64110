/** An execution that was started in place of a dead one, as its name tells. */
interface StartedAgain {
  /** Names the first execution. */
  root: string;
  /** How many were started in its place, this one among them. */
  attempts: number;
  /** People have been told of the incident not long ago. */
  isTold: boolean;
}

/** Where somebody else had taken the name, it ends in what nobody can guess. */
const NAME = /^(again|told)-([0-9a-f]{32})-(\d+)(?:-[0-9a-f]{8})?$/;

export function nameOf({ root, attempts, isTold }: StartedAgain): string {
  return `${isTold ? 'told' : 'again'}-${root}-${attempts}`;
}

/** @returns undefined for an execution that something else has started */
export function startedAgain(executionArn: string): StartedAgain | undefined {
  const [, prefix, root, attempts] = NAME.exec(executionArn.split(':').at(-1) ?? '') ?? [];
  return root === undefined ? undefined : { root, attempts: Number(attempts), isTold: prefix === 'told' };
}
