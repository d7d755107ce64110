import { type JsonTree, parseJsonTree } from '../../../../workflow/inspection/json-tree.ts';
import { valuesIn } from '../input/values.ts';
import { looksMeant } from './meant.ts';
import { Piece } from './piece.ts';
import type { Part } from './reader.ts';
import { readers } from './readers.ts';

/** What is found: a part that stands for itself. */
export type Found = Exclude<Part, { type: 'inside' | 'text' }>;

interface Waiting {
  parts: Iterator<Part>;
  piece: Piece;
  /** How many texts were opened to get here. */
  depth: number;
}

/** SNS in SQS in a log in a wrapper is five; a text that holds itself in ever new quotes ends here. */
const MOST_TEXTS = 12;

/**
 * Everything that is to be judged or counted in a value, whatever it is wrapped in, one after another. Keeps its own
 * stack, so that the depth of the value does not matter.
 *
 * @param piece the text that the value was read from
 */
export function* partsIn(value: JsonTree, piece: Piece): Generator<Found> {
  const stack: Waiting[] = [waiting([{ type: 'inside', value }], piece, 0)];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const { done, value: part } = top.parts.next();
    if (done) stack.pop();
    else if (part.type === 'inside') {
      const piece = part.piece ?? top.piece;
      stack.push(waiting(partsOf(part.value, part.key, piece), piece, top.depth));
    } else if (part.type !== 'text') yield part;
    else if (top.depth < MOST_TEXTS) yield* open(part, stack, top.depth + 1);
    else yield { type: 'unjudged', at: part.at, reason: 'It is wrapped too often to be read.' };
  }
}

function waiting(parts: Iterable<Part>, piece: Piece, depth: number): Waiting {
  return { parts: parts[Symbol.iterator](), piece, depth };
}

function partsOf(value: JsonTree, key: string | undefined, piece: Piece): Iterable<Part> {
  const reader = readers.find((each) => each.recognises(value, key));
  return reader === undefined ? [] : reader.reads(value, piece, key);
}

/** Puts what a text holds on the stack; what should be JSON and is not can't be judged. */
function* open(part: Extract<Part, { type: 'text' }>, stack: Waiting[], depth: number): Generator<Found> {
  const { at, key } = part;
  const text = decoded(part.text);
  for (const { text: inner, parsed } of [...valuesIn(text)].reverse()) {
    if (parsed) {
      const piece = new Piece({ text: inner, offset: at, quoted: true, isJson: true });
      const value = parseJsonTree(inner);
      stack.push(waiting([{ type: 'inside', value, ...(key !== undefined && { key }) }], piece, depth));
    } else if (looksMeant(inner) || looksMeant(text)) {
      yield { type: 'unjudged', at, reason: 'A text in it is cut off or no JSON.' };
    }
  }
}

function decoded(text: string): string {
  if (!/^\s*%7B/i.test(text)) return text;
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
