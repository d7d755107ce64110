import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync, type Message } from 'esbuild';
import type { FunctionName } from '../../../workflow/runtime/settings/schema.ts';
import { FUNCTIONS } from '../../functions/functions.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const LEFT_OUT = fileURLToPath(new URL('left-out.cjs', import.meta.url));
const NO_ENDPOINT_DISCOVERY = fileURLToPath(new URL('no-endpoint-discovery.ts', import.meta.url));
const CREDENTIALS = fileURLToPath(new URL('lambda-credentials.ts', import.meta.url));

/**
 * Imported by Bolt for its other receivers and for installing through its own web server; with what they bring
 * along (undici, iconv-lite, mime-db, …) three quarters of the bundle, and never used on Lambda. So are event streams:
 * the SDK loads them when an operation has one, and none that is called here has.
 */
const NEVER_USED_ON_LAMBDA = [
  ...['express', '@slack/socket-mode', '@slack/oauth', 'raw-body', 'path-to-regexp'],
  '@smithy/core/event-streams',
];

/** Something in a function's sources does not survive bundling. */
class BundleError extends Error {
  override name = 'BundleError';

  constructor(entry: string, warnings: readonly Message[]) {
    const places = warnings.map(
      ({ text, location }) => `${location?.file ?? '?'}:${location?.line ?? '?'}: ${text}`,
    );
    super(`${entry} cannot be bundled as it is:\n  ${places.join('\n  ')}`);
  }
}

/**
 * Bundles one function, with all it imports, into `index.js` and its source map: `handler` is what it makes of the
 * settings in its environment.
 * The AWS SDK is bundled too: what runs is then the version that was tested, not the one of the day in Lambda.
 *
 * @param outputDirectory made if it is not there
 * @throws BundleError, or esbuild's own error, naming file and line of what cannot be bundled
 */
export function bundleFunction(name: FunctionName, outputDirectory: string): void {
  const { source } = FUNCTIONS[name];
  const { outputFiles, warnings } = buildSync({
    stdin: {
      contents: entryOf(name, source),
      resolveDir: ROOT,
      sourcefile: `${name}-entry.ts`,
      loader: 'ts',
    },
    // Not where the files end up: the source map's paths, and so the asset's hash, are then the same on every machine.
    outfile: join(ROOT, 'bundle', 'index.js'),
    write: false,
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    target: 'node24',
    // ESM would need a createRequire banner for the packages that are CommonJS.
    format: 'cjs',
    // The ES builds of the AWS SDK can be tree-shaken, its CommonJS builds cannot.
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'silent',
    // Data travels beside the code, which is quicker to load without it.
    loader: { '.data.json': 'copy' },
    alias: {
      ...Object.fromEntries(NEVER_USED_ON_LAMBDA.map((name) => [name, LEFT_OUT])),
      '@aws-sdk/credential-provider-node': CREDENTIALS,
      '@aws-sdk/middleware-endpoint-discovery': NO_ENDPOINT_DISCOVERY,
    },
  });
  // A warning here is a fault later: `import.meta`, say, is empty in a CommonJS bundle.
  if (warnings.length > 0) throw new BundleError(source, warnings);
  mkdirSync(outputDirectory, { recursive: true });
  for (const file of outputFiles) writeFileSync(join(outputDirectory, basename(file.path)), file.contents);
}

function entryOf(name: FunctionName, source: string): string {
  return `import { ${name}Function } from './${source}';\nexport const handler = ${name}Function.create(process.env, {});`;
}
