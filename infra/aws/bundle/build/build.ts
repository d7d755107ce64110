import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { trimming } from './trim/trimming.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/**
 * @param source the function's own file, from the root of the repository
 * @returns the files of the bundle, and what of which file is in it
 * @throws Error, TrimError, or esbuild's own error, naming file and line of what cannot be bundled
 */
export async function build(name: string, source: string) {
  const { plugin, check } = trimming();
  const built = await esbuild.build({
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
    charset: 'utf8',
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'silent',
    // Data travels beside the code, which is quicker to load without it.
    loader: { '.data.json': 'copy' },
    metafile: true,
    plugins: [plugin],
  });
  // A warning here is a fault later: `import.meta`, say, is empty in a CommonJS bundle.
  const doubts = built.warnings.map(
    ({ text, location }) => `${location?.file ?? '?'}:${location?.line ?? '?'}: ${text}`,
  );
  if (doubts.length > 0) throw new Error(doubts.join('\n'));
  check(built.metafile);
  return built;
}

function entryOf(name: string, source: string): string {
  return `import { ${name}Function } from './${source}';\nexport const handler = ${name}Function.create(process.env, {});`;
}
