import type { JsonTree } from '../../../../workflow/inspection/json-tree.ts';
import type { Piece } from './piece.ts';

/** Why something that was understood is not judged: what is counted, not printed. */
export type LeftOut =
  /** A grant whose document is in IAM only, such as an attachment. */
  | 'in-iam'
  | 'failed-call'
  | 'other-record'
  /** A change that was judged already: the same `eventID` in another place. */
  | 'duplicate'
  /** JSON or YAML of some other kind. */
  | 'other-json'
  /** A policy of a kind that the guard does not watch, such as a bucket policy or a trust policy. */
  | 'not-watched'
  /** A template that another one names. */
  | 'elsewhere'
  /** A version that is not the default, a resource that is gone. */
  | 'not-in-force'
  /** What is understood and holds nothing to judge, such as a template without policies. */
  | 'no-policy';

/** A policy document to judge. */
export interface DocumentPart {
  type: 'document';
  /** As JSON text or URL-encoded. */
  text: string;
  /** Where it starts in the file, in characters. */
  at: number;
  /** Where each of its statements starts, as far as that can be told. */
  statementsAt?: readonly number[];
  /** What the policy is called where it stands, e.g. `aws_iam_policy.cleaner` or an ARN. */
  policy?: string;
  /** Who holds it, as far as the input says. */
  owners?: readonly string[];
  /** What is decided only when it is deployed, so that the document may grant more than can be seen. */
  doubts?: readonly string[];
}

/** What a reader finds in a value. */
export type Part =
  | { type: 'event'; event: unknown; at: number }
  | DocumentPart
  | { type: 'left-out'; as: LeftOut; name?: string }
  /** A policy or record that is there, and that nothing can be said about. */
  | { type: 'unjudged'; at: number; policy?: string; reason: string }
  /** A value to be recognised by itself; `piece` where it was read from another text. */
  | { type: 'inside'; value: JsonTree; key?: string; piece?: Piece }
  /** A text that may hold JSON, and the key under which it stands. */
  | { type: 'text'; text: string; at: number; key?: string };

/** Knows one shape in which people have policies or records. Pure. */
export interface Reader {
  /** For people: what it reads. */
  name: string;
  /** @param key under which the value stands, where it stands in an object */
  recognises(value: JsonTree, key: string | undefined): boolean;
  reads(value: JsonTree, piece: Piece, key: string | undefined): Iterable<Part>;
}
