import type { Told } from '../told.ts';
import { printable } from './printable.ts';
import type { Report } from './report.ts';

/** One line of JSON for each answer. */
export const jsonReport: Report = {
  tell: (told) => `${answerAsJson(told)}\n`,
  end: () => '',
  hasTotals: false,
};

/** Escapes more than JSON asks for, and so stays safe to look at and equal when read back. */
function answerAsJson({ source, answer }: Told): string {
  const { restricted, findings, unreadable, inForce, policy, owners, event } = answer;
  return printable(
    JSON.stringify({ source, restricted, findings, unreadable, inForce, policy, owners, ...event }),
  );
}
