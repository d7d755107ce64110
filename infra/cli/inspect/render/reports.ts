import { readFileSync } from 'node:fs';
import type { Format } from '../options.ts';
import { jsonReport } from './json-report.ts';
import { MarkdownReport } from './markdown-report.ts';
import type { Report } from './report.ts';
import { SarifReport } from './sarif-report.ts';
import { textReport } from './text-report.ts';

/** What reports need of where they are printed. */
interface Output {
  color: boolean;
  folder: string;
}

const REPORTS: Readonly<Record<Format, (output: Output) => Report>> = {
  text: ({ color }) => textReport(color),
  json: () => jsonReport,
  sarif: ({ folder }) => new SarifReport(folder, version()),
  markdown: () => new MarkdownReport(),
};

export function reportIn(format: Format, output: Output): Report {
  return REPORTS[format](output);
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')).version;
}
