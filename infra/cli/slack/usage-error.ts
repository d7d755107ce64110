/** The command cannot do what it was asked; its message says what to do, and is all that is printed. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** Runs a command's main function: a UsageError becomes its message and exit status 1, a bug stays a stack trace. */
export async function runCommand(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
