import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { FunctionName } from '../../../workflow/runtime/settings/schema.ts';
import { FUNCTIONS } from '../../functions/functions.ts';

const BUILD = fileURLToPath(new URL('build/main.ts', import.meta.url));

/** Something in a function's sources does not survive bundling, or a library is no longer what is left out of it. */
class BundleError extends Error {
  override name = 'BundleError';
}

/**
 * Bundles one function, with all it imports but what Lambda never uses, into `index.js` and its source map: `handler` is
 * what it makes of the settings in its environment.
 * The AWS SDK is bundled too: what runs is then the version that was tested, not the one of the day in Lambda.
 *
 * The CDK wants its assets at once, and esbuild takes plugins only where it may take its time: so in a process of its own.
 *
 * @param outputDirectory made if it is not there
 * @throws BundleError naming file and line of what cannot be bundled
 */
export function bundleFunction(name: FunctionName, outputDirectory: string): void {
  try {
    const given = [BUILD, name, FUNCTIONS[name].source, outputDirectory];
    execFileSync(process.execPath, given, { stdio: ['ignore', 'ignore', 'pipe'], encoding: 'utf8' });
  } catch (error) {
    const { stderr } = error as { stderr?: string };
    throw new BundleError(`${name} cannot be bundled as it is: ${stderr || error}`, { cause: error });
  }
}
