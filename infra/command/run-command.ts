import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** The command cannot do what it was asked; its message says what to do, and is all that is printed. */
export class UsageError extends Error {
  override name = 'UsageError';
}

interface CommandSpec {
  /** What `--help` prints: what the command does, how it is called, and each option. */
  help: string;
}

/** Runs a command whose options are its own: `main` gets their values; an unknown option is refused with the help. */
export async function runCommand<Options extends ParseArgsOptionsConfig>(
  { help, options }: CommandSpec & { options: Options },
  main: (values: OptionValues<Options>) => Promise<void>,
  args: readonly string[] = process.argv.slice(2),
): Promise<void> {
  await run(help, args, () => main(readOptions(args, options, help)));
}

/** Runs a command that hands its arguments on to another program; `--help` is its own all the same. */
export async function runWrapper(
  { help }: CommandSpec,
  main: (args: readonly string[]) => Promise<void>,
  args: readonly string[] = process.argv.slice(2),
): Promise<void> {
  await run(help, args, () => main(args));
}

/** A UsageError becomes its message and exit status 1; a bug stays a stack trace. */
async function run(help: string, args: readonly string[], main: () => Promise<void>): Promise<void> {
  if (args.includes('--help') || args.includes('-h')) {
    process.stdout.write(`${help.trim()}\n`);
    return;
  }
  try {
    await main();
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

type OptionValues<Options extends ParseArgsOptionsConfig> = ReturnType<
  typeof parseArgs<{ options: Options }>
>['values'];

/** @throws UsageError for an option that there is not, with the help */
function readOptions<Options extends ParseArgsOptionsConfig>(
  args: readonly string[],
  options: Options,
  help: string,
): OptionValues<Options> {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (cause) {
    throw new UsageError(`${(cause as Error).message}\n\n${help.trim()}`, { cause });
  }
}
