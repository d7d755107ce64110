import { execFileSync } from 'node:child_process';
import type { RestrictedAction } from '../../workflow/inspection/finding.ts';
import { inspectDocument } from '../../workflow/inspection/inspect-document.ts';
import { compare, middle, type Ratio } from './compare.ts';
import { lists } from './lists.ts';
import type { Row } from './row.ts';
import { worstDocuments } from './worst-documents.ts';

/** The longest document that the API takes. */
const LONGEST = 131_072;
/** Several times what it is on an idle machine. */
const MOST = 60;
const ROUNDS = 14;

/**
 * The worst documents, each with the list of four sets. How a process compiles what it runs is left to chance and then
 * stays: so in several processes, of which the one in the middle counts.
 */
export function worstRows(processes: number): Row[] {
  const runs = Array.from({ length: processes }, measureElsewhere);
  const all = (runs[0] as Ratio[]).map(({ what }, index) => {
    const of = (value: (ratio: Ratio) => number) => middle(runs.map((run) => value(run[index] as Ratio)));
    return {
      ...{ what, ratio: of(({ ratio }) => ratio) },
      ...{ judging: of(({ milliseconds }) => milliseconds), parsing: of((each) => each.baseMilliseconds) },
    };
  });
  const group = 'the worst documents of 131,072 characters, likewise';
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  const together = sum(all.map(({ judging }) => judging)) / sum(all.map(({ parsing }) => parsing));
  return [
    // These are what must not break.
    { group, what: 'all together', value: together, unit: '×', most: MOST },
    ...all.map(({ what, ratio }): Row => ({ group, what, value: ratio, unit: '×' })),
  ];
}

function measureElsewhere(): Ratio[] {
  return JSON.parse(execFileSync(process.execPath, [import.meta.filename], { encoding: 'utf8' }));
}

function measure(): Ratio[] {
  const [, fourSets] = Object.values(lists()) as [unknown, readonly RestrictedAction[], unknown];
  return Object.entries(worstDocuments).flatMap(([what, make]) => {
    const document = make(LONGEST);
    const run = () => void inspectDocument(document, fourSets);
    return compare(() => void JSON.parse(document), [{ what, run }], ROUNDS);
  });
}

if (import.meta.main) process.stdout.write(JSON.stringify(measure()));
