import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from './build.ts';

// `node main.ts FUNCTION SOURCE DIRECTORY`; what cannot be bundled stands on stderr.
const [name = '', source = '', directory = ''] = process.argv.slice(2);
try {
  const { outputFiles } = await build(name, source);
  mkdirSync(directory, { recursive: true });
  for (const { path, contents } of outputFiles) writeFileSync(join(directory, basename(path)), contents);
} catch (error) {
  process.stderr.write(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
}
