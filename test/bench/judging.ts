import type { RestrictedAction } from '../../workflow/inspection/finding.ts';
import { inspectDocument } from '../../workflow/inspection/inspect-document.ts';
import { knownActions } from '../../workflow/inspection/restricted-actions/known-actions.ts';
import { parseList } from '../../workflow/inspection/restricted-actions/parse-list.ts';
import { compare, type Ratio } from './compare.ts';
import type { Row } from './row.ts';
import { worstDocuments } from './worst-documents.ts';

const SETS = '@privilege-escalation,@data-destruction,@detection-evasion,@resource-policy';
/** The longest document that the API takes. */
const LONGEST = 131_072;

/** Lists of 10 entries, of four sets, and of 1,000: those of the sets, then actions that change something. */
export function lists(): Record<string, readonly RestrictedAction[]> {
  const ofSets = parseList(SETS).actions;
  const listed = new Set(ofSets.map(({ pattern }) => pattern.toLowerCase()));
  const others = [...knownActions()]
    .flatMap(([service, names]) => names.map((name) => `${service}:${name}`))
    .filter((action) => /:(?:Create|Delete|Put|Update|Modify|Remove)/.test(action))
    .filter((action) => !listed.has(action.toLowerCase()));
  const further = evenly(others, 1_000 - ofSets.length).map((pattern) => ({ pattern }));
  return {
    '10 entries': evenly(ofSets, 10),
    [`four sets (${ofSets.length} entries)`]: ofSets,
    '1,000 entries': [...ofSets, ...further],
  };
}

function evenly<Item>(items: readonly Item[], count: number): Item[] {
  return Array.from(
    { length: count },
    (_, index) => items[Math.floor((index * items.length) / count)] as Item,
  );
}

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

/** Each of the worst documents with the list of four sets. */
function measureWorst(rounds: number): Ratio[] {
  const [, fourSets] = Object.values(lists()) as [unknown, readonly RestrictedAction[], unknown];
  return Object.entries(worstDocuments).flatMap(([what, make]) => {
    const document = make(LONGEST);
    const run = () => void inspectDocument(document, fourSets);
    return compare(() => void JSON.parse(document), [{ what, run }], rounds);
  });
}

/** Several times what it is on an idle machine. */
const MOST = { usual: 12, worst: 60 };

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
        most: MOST.usual,
      }),
    ),
    ...worstRows(measureWorst(isShort ? 7 : 42)),
  ];
}

/** All together are what must not break. */
function worstRows(worst: readonly Ratio[]): Row[] {
  const group = 'the worst documents of 131,072 characters, likewise';
  const parsing = worst.reduce((sum, { baseMilliseconds }) => sum + baseMilliseconds, 0);
  const judging = worst.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return [
    { group, what: 'all together', value: judging / parsing, unit: '×', most: MOST.worst },
    ...worst.map(({ what, ratio }): Row => ({ group, what, value: ratio, unit: '×' })),
  ];
}
