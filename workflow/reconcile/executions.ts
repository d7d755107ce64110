/** One execution of the state machine, as reconcile needs to know it. */
export interface Execution {
  arn: string;
  name: string;
  status: string;
  /** JSON text. */
  input: string;
  startedAt?: Date;
  /** What it failed with. */
  error?: string;
}

/** Executions of the guard's own state machine. */
export interface Executions {
  /** ARNs of those that run. Eventually consistent: one that is missing may have been started just now. */
  running(): Promise<ReadonlySet<string>>;
  /** ARNs of those that failed, timed out or were stopped since then. */
  endedBadly(since: Date): Promise<string[]>;
  /** @returns undefined when there is no such execution, or not any more */
  describe(arn: string): Promise<Execution | undefined>;
  /** The ARN that an execution of this name has. */
  arnOf(name: string): string;
  /** The name with something at its end that nobody can guess, and so can have started before. */
  unguessable(name: string): string;
  /**
   * Starts one. A name and input start one execution, however often this is called. Where somebody else has taken the
   * name for another input, it is started under one that nobody can guess.
   *
   * @param input JSON text
   * @returns its ARN
   */
  start(name: string, input: string): Promise<string>;
}
