/** The state that an execution is visiting: `$$.State` and `$$.Task` of the context object. */
export class Visit {
  name = '';
  enteredAt = '';
  retryCount = 0;
  readonly #createToken: () => string;
  readonly #now: () => Date;
  #token: string | undefined;

  constructor(createToken: () => string, now: () => Date) {
    this.#now = now;
    this.#createToken = createToken;
  }

  enter(name: string): void {
    this.name = name;
    this.enteredAt = this.#now().toISOString();
    this.retryCount = 0;
    this.#token = undefined;
  }

  /** An attempt failed: if there is another one, it counts as a retry and has a token of its own. */
  attemptFailed(): void {
    this.retryCount += 1;
    this.#token = undefined;
  }

  /** The task token of this attempt. */
  get token(): string {
    this.#token ??= this.#createToken();
    return this.#token;
  }

  /**
   * The parts of `$$` that change. The interpreter copies the outermost object when a run starts and reads the rest
   * when it resolves a path, so getters one level down are always up to date.
   */
  context() {
    const visit = this;
    return {
      State: {
        get Name() {
          return visit.name;
        },
        get EnteredTime() {
          return visit.enteredAt;
        },
        get RetryCount() {
          return visit.retryCount;
        },
      },
      Task: {
        get Token() {
          return visit.token;
        },
      },
    };
  }
}
