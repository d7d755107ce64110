import { readdir, readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type OutputFile } from 'esbuild';

/** What the server answers for one path of the page. */
export interface PageFile {
  contentType: string;
  body: Uint8Array | string;
}

const HERE = new URL('.', import.meta.url);
const FIXTURES = new URL('../../../fixtures/policies/', HERE);

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
};

/**
 * Bundles the page in memory; nothing is written to disk and nothing comes from the network.
 *
 * @returns path → file, for `/`, `/page.js`, `/page.css` and `/favicon.svg`
 */
export async function createPage(): Promise<Map<string, PageFile>> {
  const [bundle, html, favicon] = await Promise.all([
    bundleScriptAndStyle(await readPolicyFixtures()),
    readFile(new URL('page.html', HERE), 'utf8'),
    readFile(new URL('favicon.svg', HERE), 'utf8'),
  ]);
  return new Map<string, PageFile>([
    ['/', { contentType: contentTypeOf('page.html'), body: html }],
    ['/favicon.svg', { contentType: contentTypeOf('favicon.svg'), body: favicon }],
    ...bundle.map((file): [string, PageFile] => {
      const name = basename(file.path);
      return [`/${name}`, { contentType: contentTypeOf(name), body: file.contents }];
    }),
  ]);
}

async function bundleScriptAndStyle(policyFixtures: Record<string, string>): Promise<OutputFile[]> {
  const { outputFiles } = await build({
    entryPoints: [
      { in: path('main.tsx'), out: 'page' },
      { in: path('styles/page.css'), out: 'page' },
    ],
    bundle: true,
    write: false,
    outdir: path('.'),
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    minify: true,
    define: {
      'process.env.NODE_ENV': '"production"',
      POLICY_FIXTURES: JSON.stringify(policyFixtures),
    },
    logLevel: 'silent',
  });
  return outputFiles;
}

/** The example documents as text: importing them as JSON would lose their bytes. */
async function readPolicyFixtures(): Promise<Record<string, string>> {
  const names = (await readdir(FIXTURES)).filter((name) => name.endsWith('.json'));
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, FIXTURES), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
}

function contentTypeOf(name: string): string {
  return CONTENT_TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}

function path(name: string): string {
  return fileURLToPath(new URL(name, HERE));
}
