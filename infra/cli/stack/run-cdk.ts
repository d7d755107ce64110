import { spawnSync } from 'node:child_process';
import { UsageError } from '../../command/run-command.ts';

/**
 * Runs the CDK CLI of this project; what it asks and prints goes straight to the terminal.
 *
 * @throws UsageError when it did not do what it was asked; it has said why by then
 */
export function runCdk(args: readonly string[]): void {
  const { status, error } = spawnSync('npx', ['--no-install', 'cdk', ...args], { stdio: 'inherit' });
  if (error !== undefined)
    throw new UsageError(`cdk could not be started: ${error.message}`, { cause: error });
  if (status !== 0) throw new UsageError(`cdk ${args[0]} did not finish; see above.`);
}
