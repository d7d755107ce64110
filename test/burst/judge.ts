import type { BurstFigures } from './play.ts';

export interface Judged {
  promise: string;
  few: string;
  many: string;
  kept: boolean;
}

/** As the work may grow where there are `times` as many changes: in step, with half for retries, which are left to chance: the square would be twice as much and more. */
const inStep = (few: number, many: number, times: number) => many <= few * times * 1.5;

/**
 * What a burst promises, of a smaller and a larger one that were played alike, and a change that came alone.
 */
export function judge(one: BurstFigures, few: BurstFigures, many: BurstFigures): Judged[] {
  const times = many.changes / few.changes;
  const each = (promise: string, count: (figures: BurstFigures) => number): Judged => ({
    promise,
    few: String(count(few)),
    many: String(count(many)),
    kept: [few, many].every((figures) => count(figures) === figures.changes),
  });
  const grows = (promise: string, count: (figures: BurstFigures) => number): Judged => ({
    promise,
    few: String(count(few)),
    many: String(count(many)),
    kept: inStep(count(few), count(many), times),
  });
  const none = (promise: string, count: (figures: BurstFigures) => number): Judged => ({
    promise,
    few: String(count(few)),
    many: String(count(many)),
    kept: [few, many].every((figures) => count(figures) === 0),
  });
  return [
    each('out of force', ({ quarantined }) => quarantined),
    each('requests: none lost, none twice', ({ requests }) => requests),
    each('policies that they are about', ({ policies }) => policies),
    each('announced in Slack', ({ announced }) => announced),
    none('e-mails', ({ emails }) => emails),
    none('executions that failed', ({ failedExecutions }) => failedExecutions),
    {
      promise: `AWS calls to quarantine, p99; alone ${one.callsToQuarantine.p99}`,
      few: String(few.callsToQuarantine.p99),
      many: String(many.callsToQuarantine.p99),
      kept: many.callsToQuarantine.p99 <= one.callsToQuarantine.p99 * 2,
    },
    grows('invocations', ({ invocations }) => invocations),
    grows('calls to the ledger', ({ ledgerCalls }) => ledgerCalls),
    grows('calls to Slack', ({ slackCalls }) => slackCalls),
    grows('heap of everything, MB', ({ peakHeapMegabytes }) => peakHeapMegabytes),
  ];
}

/** As a table in Markdown. */
export function render(judged: readonly Judged[], few: number, many: number): string {
  const rows = judged.map(
    ({ promise, few, many, kept }) => `| ${promise} | ${few} | ${many} | ${kept ? 'yes' : '**no**'} |`,
  );
  return [`| of the changes | ${few} | ${many} | kept |`, '| --- | --: | --: | --- |', ...rows].join('\n');
}
