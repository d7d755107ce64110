import { readFileSync } from 'node:fs';
import type { Format } from '../options.ts';
import type { Told } from '../told.ts';
import { answerAsText } from './answer-text.ts';
import { MarkdownReport } from './markdown-report.ts';
import { printable } from './printable.ts';
import type { Report } from './report.ts';
import { SarifReport } from './sarif-report.ts';
import { summary } from './summary.ts';

/** What reports need of where they are printed. */
interface Output {
  color: boolean;
  folder: string;
}

const REPORTS: Readonly<Record<Format, (output: Output) => Report>> = {
  text: ({ color }) => ({
    tell: (told) => `${answerAsText(told, color)}\n`,
    end: summary,
    hasTotals: true,
  }),
  json: () => ({ tell: (told) => `${answerAsJson(told)}\n`, end: () => '', hasTotals: false }),
  sarif: ({ folder }) => new SarifReport(folder, version()),
  markdown: () => new MarkdownReport(),
};

export function reportIn(format: Format, output: Output): Report {
  return REPORTS[format](output);
}

function version(): string {
  return JSON.parse(readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8')).version;
}

/** Escapes more than JSON asks for, and so stays safe to look at and equal when read back. */
function answerAsJson({ source, answer }: Told): string {
  const { restricted, findings, unreadable, inForce, policy, owners, event } = answer;
  return printable(
    JSON.stringify({ source, restricted, findings, unreadable, inForce, policy, owners, ...event }),
  );
}
