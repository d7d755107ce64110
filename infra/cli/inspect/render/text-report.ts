import { answerAsText } from './answer-text.ts';
import type { Report } from './report.ts';
import { summary } from './summary.ts';

/** For people, as it goes. */
export function textReport(color: boolean): Report {
  return {
    tell: (told) => `${answerAsText(told, color)}\n`,
    end: summary,
    hasTotals: true,
  };
}
