import { JsonObject, type JsonTree } from '../../../../workflow/inspection/json-tree.ts';
import { lettersOf } from '../../../../workflow/inspection/statement.ts';
import { branchesOf, functionIn, textIn } from './intrinsics.ts';
import type { Piece } from './piece.ts';
import type { DocumentPart } from './reader.ts';
import { Resolution } from './resolution.ts';
import { asJson, objectOf, parsedText } from './tree.ts';

/** What is told of a document beside its text. */
export interface About extends Pick<DocumentPart, 'policy' | 'owners' | 'doubts'> {
  /** What the document stands in: the place of a document that is a text. */
  within?: JsonTree;
}

type Told = Omit<About, 'within'>;

/**
 * Makes a policy document, as it stands in a template, plan or answer, ready to be judged: what is decided only at
 * deployment becomes `${…}` in a resource, and a doubt where it decides what is granted.
 *
 * @param tree the document, or a text that holds it, or a function that gives either
 */
export function documentPart(tree: JsonTree, piece: Piece, { within, ...about }: About = {}): DocumentPart {
  const name = functionIn(tree);
  const at = piece.at(tree instanceof JsonObject ? tree : within);
  if (typeof tree === 'string') return fromText(tree, at, about);
  if (name === 'Fn::Sub' || name === 'Fn::Join') return fromText(textIn(tree), at, about);
  if (name === 'Fn::ToJsonString' && tree instanceof JsonObject) {
    return { ...documentPart(tree.entries[0]?.[1] ?? null, piece, about), at };
  }
  if (name !== undefined) return undecided(name, tree, at, about);
  const { document, doubts, changed } = new Resolution(tree);
  const places = piece.isPlaced ? statementsIn(document).map((statement) => piece.at(statement)) : undefined;
  return part(changed ? asJson(document) : piece.textOf(tree), at, about, doubts, places);
}

function fromText(text: string, at: number, about: Told): DocumentPart {
  const tree = parsed(text);
  if (tree === undefined) return part(text, at, about, []);
  const { document, doubts, changed } = new Resolution(tree);
  return part(changed ? asJson(document) : text, at, about, doubts);
}

function part(
  text: string,
  at: number,
  { doubts: known = [], ...about }: Told,
  found: readonly string[],
  statementsAt?: readonly number[],
): DocumentPart {
  const doubts = [...known, ...found];
  return {
    type: 'document',
    text,
    at,
    ...about,
    ...(statementsAt && { statementsAt }),
    ...(doubts.length > 0 && { doubts }),
  };
}

/** As inspection reads it: plain, or URL-encoded. */
function parsed(text: string): JsonTree | undefined {
  return parsedText(text) ?? parsedText(decoded(text));
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.trim().replaceAll('+', ' '));
  } catch {
    return text;
  }
}

/** The whole document is decided at deployment: what its branches grant is found, and more may be. */
function undecided(name: string, tree: JsonTree, at: number, about: Told): DocumentPart {
  const statements = branchesOf(tree).flatMap(statementsIn);
  const { document, doubts } = new Resolution(objectOf({ Statement: statements }), 'uncertain');
  return part(asJson(document), at, about, [`the document as a whole is ${name}`, ...doubts]);
}

function statementsIn(document: JsonTree): JsonTree[] {
  if (!(document instanceof JsonObject)) return [];
  return document.entries.filter(([key]) => lettersOf(key) === 'statement').flatMap(([, value]) => value);
}
