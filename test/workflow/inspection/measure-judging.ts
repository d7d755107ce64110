import type { RestrictedAction } from '../../../workflow/inspection/finding.ts';
import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';
import { knownActions } from '../../../workflow/inspection/restricted-actions/known-actions.ts';
import { parseList } from '../../../workflow/inspection/restricted-actions/parse-list.ts';
import { worstDocuments } from './worst-documents.ts';

/** How long judging takes against `JSON.parse` of the same texts, in one run. */
export interface Ratio {
  what: string;
  ratio: number;
  /** Milliseconds for one document. */
  milliseconds: number;
}

const RECOMMENDED = '@privilege-escalation,@data-destruction,@detection-evasion,@resource-policy';
/** Parsing one document is over before the processor's time has moved on. */
const PARSINGS = 20;
/** The longest document that the API takes. */
const LONGEST = 131_072;

/** Lists of 10, all recommended and 1,000 entries: the recommended ones, then actions that change something. */
export function lists(): Record<string, readonly RestrictedAction[]> {
  const recommended = parseList(RECOMMENDED).actions;
  const listed = new Set(recommended.map(({ pattern }) => pattern.toLowerCase()));
  const others = [...knownActions()]
    .flatMap(([service, names]) => names.map((name) => `${service}:${name}`))
    .filter((action) => /:(?:Create|Delete|Put|Update|Modify|Remove)/.test(action))
    .filter((action) => !listed.has(action.toLowerCase()));
  const further = evenly(others, 1_000 - recommended.length).map((pattern) => ({ pattern }));
  return {
    '10 entries': evenly(recommended, 10),
    [`recommended (${recommended.length} entries)`]: recommended,
    '1,000 entries': [...recommended, ...further],
  };
}

function evenly<Item>(items: readonly Item[], count: number): Item[] {
  return Array.from(
    { length: count },
    (_, index) => items[Math.floor((index * items.length) / count)] as Item,
  );
}

/** @param rounds each round judges all documents once with each list */
export function measureJudging(documents: readonly string[], rounds: number): Ratio[] {
  const subjects = Object.entries(lists()).map(([what, list]) => ({
    what,
    run: () => {
      for (const document of documents) inspectDocument(document, list);
    },
  }));
  const parse = () => {
    for (const document of documents) JSON.parse(document);
  };
  return compare(parse, subjects, rounds, documents.length);
}

/** Each of the worst documents with the recommended list. */
export function measureWorst(rounds: number): Ratio[] {
  const [, recommended] = Object.values(lists()) as [unknown, readonly RestrictedAction[], unknown];
  return Object.entries(worstDocuments).flatMap(([what, make]) => {
    const document = make(LONGEST);
    const run = () => void inspectDocument(document, recommended);
    const parse = () => {
      for (let time = 0; time < PARSINGS; time++) JSON.parse(document);
    };
    return compare(parse, [{ what, run }], rounds, 1).map((each) => ({
      ...each,
      ratio: each.ratio * PARSINGS,
    }));
  });
}

interface Subject {
  what: string;
  run(): void;
}

/**
 * Takes turns, so that whatever slows the machine slows all alike, and counts the processor's time of this thread
 * alone. The first rounds warm up.
 */
function compare(base: () => void, subjects: readonly Subject[], rounds: number, documents: number): Ratio[] {
  const runs = [base, ...subjects.map(({ run }) => run)];
  const spent = runs.map(() => 0);
  const warmUp = Math.ceil(rounds / 5);
  for (let round = -warmUp; round < rounds; round++) {
    runs.forEach((run, index) => {
      const milliseconds = cpuTime(run);
      if (round >= 0) spent[index] = (spent[index] as number) + milliseconds;
    });
  }
  const [parsing, ...judging] = spent as [number, ...number[]];
  return subjects.map(({ what }, index) => ({
    what,
    ratio: (judging[index] as number) / parsing,
    milliseconds: (judging[index] as number) / rounds / documents,
  }));
}

function cpuTime(run: () => void): number {
  const before = process.threadCpuUsage();
  run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000;
}
