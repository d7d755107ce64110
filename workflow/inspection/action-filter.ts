import { type ActionPattern, serviceOf } from './action-pattern.ts';

/** What a text is to the patterns; one bit each. */
const SERVICE = 1;
/** A service of which a pattern with wildcards names actions. */
const WILD_SERVICE = 2;
const ACTION = 4;
/** What an action begins with, at least its service. */
const BEGINNING = 8;

/** So many places a text, that few texts share one. */
const PLACES_PER_TEXT = 16;

/**
 * Tells in one pass over an action, without making a single object, that it touches none of many patterns. Texts are
 * known by their hash, without regard to case, so what may be touched still has to be looked at.
 */
export class ActionFilter {
  /** There is a pattern whose service has wildcards, so that every action may touch it. */
  private readonly anyService: boolean;
  /** By hash: what the texts are that have it. */
  private readonly known: Uint8Array;

  constructor(patterns: readonly ActionPattern[]) {
    const possible = patterns.filter((pattern) => pattern.possible);
    this.anyService = possible.some((pattern) => serviceOf(pattern) === undefined);
    const characters = possible.reduce((sum, { whole }) => sum + whole.text.length, 0);
    this.known = new Uint8Array(2 ** Math.ceil(Math.log2(1 + PLACES_PER_TEXT * characters)));
    for (const { whole, service } of possible) {
      const named = whole.text.slice(0, (service?.text.length ?? 0) + 1);
      this.mark(named, whole.literal ? SERVICE : SERVICE | WILD_SERVICE);
      if (whole.literal) this.markAction(whole.text, named.length);
    }
  }

  /**
   * @param action an action or pattern as a document writes it
   * @returns what it may have in common with the patterns: `nothing` is certain; `itself`: it is a single action, that
   *   only patterns without wildcards can name
   */
  touch(action: string): 'nothing' | 'itself' | 'several' {
    if (this.anyService) return 'several';
    const { known } = this;
    const mask = known.length - 1;
    let hash = 0;
    let named = false;
    for (let at = 0; at < action.length; at++) {
      const code = action.charCodeAt(at);
      if (code <= SPACE || code >= DELETE) return 'several';
      if (code === STAR || code === QUESTION_MARK) {
        return !named || (known[hash & mask] as number) & BEGINNING ? 'several' : 'nothing';
      }
      hash = add(hash, code);
      if (code !== COLON) continue;
      const as = known[hash & mask] as number;
      if (named || as & WILD_SERVICE) return 'several';
      if (!(as & SERVICE)) return 'nothing';
      named = true;
    }
    return named && (known[hash & mask] as number) & ACTION ? 'itself' : 'nothing';
  }

  private mark(text: string, as: number): void {
    let hash = 0;
    for (let at = 0; at < text.length; at++) hash = add(hash, text.charCodeAt(at));
    const place = hash & (this.known.length - 1);
    this.known[place] = (this.known[place] as number) | as;
  }

  private markAction(text: string, service: number): void {
    for (let length = service; length <= text.length; length++) this.mark(text.slice(0, length), BEGINNING);
    this.mark(text, ACTION);
  }
}

/** Any odd number does; this one is customary. */
const MULTIPLIER = 31;
const UPPER_A = 0x41;
const UPPER_Z = 0x5a;
const TO_LOWER = 0x20;
const SPACE = 0x20;
const STAR = 0x2a;
const COLON = 0x3a;
const QUESTION_MARK = 0x3f;
const DELETE = 0x7f;

function add(hash: number, code: number): number {
  const folded = code >= UPPER_A && code <= UPPER_Z ? code + TO_LOWER : code;
  return (Math.imul(hash, MULTIPLIER) + folded) | 0;
}
