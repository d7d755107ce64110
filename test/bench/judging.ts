import { inspectDocument } from '../../workflow/inspection/inspect-document.ts';
import { compare, type Ratio } from './compare.ts';
import { lists } from './lists.ts';
import type { Row } from './row.ts';
import { worstRows } from './worst.ts';

/** @param rounds each round judges all documents once with each list */
function measureJudging(documents: readonly string[], rounds: number): Ratio[] {
  const subjects = Object.entries(lists()).map(([what, list]) => ({
    what,
    run: () => {
      for (const document of documents) inspectDocument(document, list);
    },
  }));
  const parse = () => {
    for (const document of documents) JSON.parse(document);
  };
  return compare(parse, subjects, rounds).map((each) => ({
    ...each,
    milliseconds: each.milliseconds / documents.length,
  }));
}

/** Several times what it is on an idle machine. */
const MOST = 12;

/** @param documents of AWS's own, as JSON text */
export function judgingRows(documents: readonly string[], isShort: boolean): Row[] {
  const judgements = isShort ? 10_000 : 50_000;
  const judging = measureJudging(documents, Math.ceil(judgements / documents.length));
  return [
    ...judging.map(
      ({ what, ratio }): Row => ({
        group: 'judging, against `JSON.parse` of the same texts',
        what,
        value: ratio,
        unit: '×',
        most: MOST,
      }),
    ),
    ...worstRows(isShort ? 1 : 5),
  ];
}
