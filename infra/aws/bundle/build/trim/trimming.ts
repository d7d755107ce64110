import { readFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import type { Loader, Metafile, Plugin } from 'esbuild';
import { REWRITES, STAND_INS } from './trims.ts';

const standIns = new Map(Object.values(STAND_INS).flatMap((all) => Object.entries(all)));

/** A package is another one than it was when something of it was left out. */
export class TrimError extends Error {
  override name = 'TrimError';
}

/**
 * Leaves out of a bundle what Lambda never uses; see `trims.ts`. Nothing in `node_modules` is changed.
 *
 * @returns the plugin, and what it has done, to be asked when the bundle has been built
 */
export function trimming(): { plugin: Plugin; check: (metafile: Metafile) => void } {
  const done = new Set<unknown>();
  const plugin: Plugin = {
    name: 'trimming',
    setup: (build) => {
      build.onResolve({ filter: namesOf(standIns.keys()) }, ({ path, resolveDir }) => {
        const name = path.startsWith('.') ? fromPackage(join(resolveDir, path)) : path;
        const standIn = name && standIns.get(name.replace(/\.js$/, ''));
        if (!standIn) return undefined;
        done.add(name.replace(/\.js$/, ''));
        return { path: standIn };
      });
      const root = build.initialOptions.absWorkingDir ?? '';
      build.onLoad({ filter: endingLike(REWRITES.map(({ files }) => files)) }, async ({ path }) => {
        const name = fromPackage(path) ?? relative(root, path).replaceAll('\\', '/');
        const rewrite = REWRITES.find(({ files }) => files.test(name));
        if (rewrite === undefined) return undefined;
        const text = await readFile(path, 'utf8');
        const contents = rewrite.change(text);
        if (contents !== text) done.add(rewrite);
        return { contents, loader: extname(path).slice(1) as Loader };
      });
    },
  };
  return { plugin, check: (metafile) => checkDone(metafile, done) };
}

/** @returns the path from the name of the package on, as in an import; undefined outside of packages */
function fromPackage(path: string): string | undefined {
  const parts = path.split(/[\\/]node_modules[\\/]/);
  return parts.length > 1 ? parts.at(-1)?.replaceAll('\\', '/') : undefined;
}

/** Matches what may import one of these, by its last part: esbuild asks about nothing else. */
function namesOf(names: Iterable<string>): RegExp {
  const last = [...names].map((name) => name.split('/').at(-1));
  return new RegExp(`(?:^|/)(?:${last.join('|')})(?:\\.js)?$`);
}

/** Matches the full paths, on any system, of what these match from a package's or the repository's root on. */
function endingLike(files: readonly RegExp[]): RegExp {
  const ends = files.map(({ source }) => source.replace(/^\^/, '').replaceAll('\\/', '[\\\\/]'));
  return new RegExp(`[\\\\/](?:${ends.join('|')})`);
}

/** @throws TrimError naming what is no longer where it was left out, and what is bundled all the same */
function checkDone({ inputs, outputs }: Metafile, done: ReadonlySet<unknown>): void {
  const packages = new Set(
    Object.keys(inputs).flatMap((path) => fromPackage(`/${path}`)?.match(/^(?:@[^/]+\/)?[^/]+/)?.[0] ?? []),
  );
  const missed = [
    ...Object.entries(STAND_INS).flatMap(([name, all]) => (packages.has(name) ? Object.keys(all) : [])),
    ...REWRITES.filter(({ of }) => [...packages].some((name) => of.test(name))),
  ].filter((trim) => !done.has(trim));
  if (missed.length > 0) {
    const which = missed.map((trim) => (typeof trim === 'string' ? trim : String(trim.files)));
    throw new TrimError(`No longer found, so no longer left out: ${which.join(', ')}. See trims.ts.`);
  }
  const bundled = Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs));
  const classes = bundled.filter(([path, { bytesInOutput }]) => ERRORS.test(path) && bytesInOutput > 0);
  if (classes.length > 0) {
    const which = classes.map(([path]) => path).join(', ');
    throw new TrimError(`Tell errors of AWS by their names (isNamed), not by the classes in ${which}.`);
  }
}

/** Powertools compares with one of Secrets Manager's, but only where it is asked to throw what is missing. */
const ERRORS = /@aws-sdk\/client-(?!secrets-manager\/)[\w-]+\/dist-es\/models\/errors\.js$/;
