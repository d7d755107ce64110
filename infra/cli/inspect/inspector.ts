import { inspectDocument } from '../../../workflow/inspection/inspect-document.ts';
import { reasonOf } from './input/input-files.ts';
import { Lines } from './input/lines.ts';
import type { ReadInput } from './input/read-ahead.ts';
import { type Item, itemsIn } from './items-in.ts';
import { type Judgement, judge } from './judge.ts';
import type { Options } from './options.ts';
import { Tally } from './tally.ts';
import type { Complaint, Told } from './told.ts';

export type InspectOptions = Extract<Options, { command: 'inspect' }>;
type ReadFile = Extract<ReadInput, { type: 'file' }>;
type AnswerJudgement = Extract<Judgement, { type: 'answer' }>;

interface Numbered {
  item: Item;
  /** From 0; missing for the only item of a file. */
  index?: number;
}

/** A file, and the place in it of what is judged. */
interface InFile {
  path: string;
  /** The path, with the place in the file where it holds several. */
  source: string;
  named: boolean;
  lines: Lines;
}

/** Judges one input after another, and keeps count. */
export class Inspector {
  readonly tally = new Tally();
  readonly complaints: Complaint[] = [];
  private readonly options: InspectOptions;
  /** Changes that were judged; far fewer than records. */
  private readonly seen = new Set<string>();

  constructor(options: InspectOptions) {
    this.options = options;
  }

  /** @returns what is to be told of an input, as it is found; what could not be read is in `complaints` */
  async *inspect(input: ReadInput): AsyncGenerator<Told> {
    if (input.type === 'ignored') this.tally.ignore();
    else if (input.type === 'unreadable') this.complain(input.path, input.reason);
    else yield* this.inspectFile(input);
  }

  private async *inspectFile({ path, named, ...read }: ReadFile): AsyncGenerator<Told> {
    let text: string;
    try {
      text = await read.text;
    } catch (error) {
      this.complain(path, reasonOf(error));
      return;
    }
    this.tally.addFile();
    const lines = new Lines(text);
    try {
      for (const { item, index } of numbered(itemsIn(text, path), LIST.test(text))) {
        const source = index === undefined ? path : `${path}#${index}`;
        const told = this.judge(item, { path, source, named, lines });
        if (told !== undefined) yield told;
      }
    } catch (error) {
      // What is nested or unfolds further than the engine's stack or strings go.
      if (!(error instanceof RangeError)) throw error;
      this.complain(path, `it is nested too deeply or too large (${error.message})`);
    }
  }

  private judge(item: Item, place: InFile): Told | undefined {
    const judgement = judge(item, place.named, this.options.restricted);
    if (item.type === 'event') this.tally.addRecord();
    if (judgement.change !== undefined && this.isAgain(judgement.change)) this.tally.count('duplicate');
    else if (judgement.type === 'counted') this.tally.count(judgement.as, judgement.name);
    else return this.answer(judgement, place);
    return undefined;
  }

  private isAgain(change: string): boolean {
    if (this.seen.has(change)) return true;
    this.seen.add(change);
    return false;
  }

  private answer(judgement: AnswerJudgement, { path, source, lines }: InFile): Told | undefined {
    const { baseline } = this.options;
    const isUnjudged = judgement.isUnjudged === true;
    if (!isUnjudged) this.compare(judgement);
    const answer = baseline && !isUnjudged ? baseline.newIn(source, judgement.answer) : judgement.answer;
    if (answer === undefined) {
      this.tally.addKnown(judgement.answer);
      return undefined;
    }
    const told: Told = { source, path, answer, isUnjudged, ...placed(judgement, lines) };
    this.tally.add(told);
    return told;
  }

  private compare({ answer, text }: AnswerJudgement): void {
    for (const { label, restricted } of this.options.comparisons) {
      const isHeld = answer.unreadable !== undefined;
      const grants =
        text !== undefined && answer.inForce !== false && inspectDocument(text, restricted).restricted;
      this.tally.compare(label, isHeld || grants);
    }
  }

  private complain(path: string, reason: string): void {
    this.tally.addUnreadableInput();
    this.complaints.push({ path, reason });
  }
}

/** What may hold several, even if it holds one: a list, a log file, what `lookup-events` prints. */
const LIST = /^\s*(?:\[|\{\s*"(?:Records|Events)"\s*:)/;

/** A number for each item to be judged of a file that holds several; what is left out has none. */
function* numbered(items: Iterable<Item>, isList: boolean): Generator<Numbered> {
  let first: Item | undefined;
  let index = 0;
  for (const item of items) {
    if (item.type === 'left-out') yield { item };
    else if (index++ === 0) first = item;
    else {
      if (first !== undefined) yield { item: first, index: 0 };
      first = undefined;
      yield { item, index: index - 1 };
    }
  }
  if (first !== undefined) yield { item: first, ...(isList && { index: 0 }) };
}

/** Lines are counted only where they are told; a record is found by its id. */
function placed({ answer, place }: AnswerJudgement, lines: Lines): Pick<Told, 'line' | 'lineOf'> {
  const eventID = answer.event?.eventID;
  const line = () => lines.at(eventID === undefined ? place.at : lines.find(eventID, place.at));
  return {
    line,
    lineOf: (statement) => {
      const there = place.statementsAt?.[statement];
      return there === undefined ? line() : lines.at(there);
    },
  };
}
