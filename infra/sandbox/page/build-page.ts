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
const FIXTURES = new URL('../../../fixtures/', HERE);

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
    bundleScriptAndStyle({
      'process.env.NODE_ENV': '"production"',
      POLICY_FIXTURES: JSON.stringify(await readTexts('policies/')),
      AWS_MANAGED_POLICIES: JSON.stringify(await readManagedPolicyArns()),
    }),
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

async function bundleScriptAndStyle(define: Record<string, string>): Promise<OutputFile[]> {
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
    define,
    logLevel: 'silent',
  });
  return outputFiles;
}

/** File name → text: importing the example documents as JSON would lose their bytes. */
async function readTexts(folder: string): Promise<Record<string, string>> {
  const at = new URL(folder, FIXTURES);
  const names = (await readdir(at)).filter((name) => name.endsWith('.json')).sort();
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, at), 'utf8')));
  return Object.fromEntries(names.map((name, index) => [name, texts[index] ?? '']));
}

async function readManagedPolicyArns(): Promise<string[]> {
  const texts = Object.values(await readTexts('managed-policies/'));
  return texts.map((text) => (JSON.parse(text) as { arn: string }).arn);
}

function contentTypeOf(name: string): string {
  return CONTENT_TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}

function path(name: string): string {
  return fileURLToPath(new URL(name, HERE));
}
