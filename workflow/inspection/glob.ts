/**
 * Patterns of the IAM policy language: `*` is any run of characters, `?` is exactly one, and everything else is
 * literal. A compiled pattern stands in a normal form in which each run of wildcards has its `?` first and at most
 * one `*`, so that `**` costs nothing and `*?` equals `?*`.
 */
export interface Glob {
  text: string;
  /** The parts between the stars; a single one when there is no star. */
  parts: string[];
  starred: boolean;
  /** What comes before the first star, and after the last. */
  prefix: string;
  suffix: string;
  /** What comes before the first wildcard. */
  lead: string;
  /** How many characters a matching string has at least. */
  minimum: number;
  /** True when there is a `?`. */
  marked: boolean;
  /** True when there is neither `*` nor `?`. */
  literal: boolean;
}

/** Compiles in linear time. Case is the caller's business. */
export function compileGlob(pattern: string): Glob {
  const wildcard = firstWildcard(pattern);
  if (wildcard === -1) return literalGlob(pattern);
  const text = RUN_OF_WILDCARDS.test(pattern) ? normalise(pattern) : pattern;
  const parts = text.split('*');
  return {
    text,
    parts,
    starred: parts.length > 1,
    prefix: parts[0] as string,
    suffix: parts[parts.length - 1] as string,
    lead: pattern.slice(0, wildcard),
    minimum: text.length - (parts.length - 1),
    marked: text.includes('?'),
    literal: false,
  };
}

function literalGlob(text: string): Glob {
  return {
    text,
    parts: [text],
    starred: false,
    prefix: text,
    suffix: text,
    lead: text,
    minimum: text.length,
    marked: false,
    literal: true,
  };
}

function firstWildcard(pattern: string): number {
  const star = pattern.indexOf('*');
  const mark = pattern.indexOf('?');
  return star === -1 || mark === -1 ? Math.max(star, mark) : Math.min(star, mark);
}

const RUN_OF_WILDCARDS = /[*?][*?]/;

function normalise(pattern: string): string {
  return pattern.replace(/[*?]+/g, (run) => run.replaceAll('*', '') + (run.includes('*') ? '*' : ''));
}

/** Do the two patterns have a string in common? At most quadratic; linear when both have a star. */
export function globsIntersect(a: Glob, b: Glob): boolean {
  // With a star on both sides the middles can follow one another, so only the outer ends can disagree.
  if (a.starred && b.starred) return startsAgree(a.prefix, b.prefix) && endsAgree(a.suffix, b.suffix);
  if (a.starred) return fits(a, b, 'either');
  if (b.starred) return fits(b, a, 'either');
  return a.text.length === b.text.length && matchesAt(a.text, b.text, 0, 'either');
}

/**
 * Does `outer` match every string that `inner` matches? A `true` is certain: a wildcard of `inner` counts as a
 * character that only a wildcard of `outer` can take up. At most quadratic.
 */
export function globCovers(outer: Glob, inner: Glob): boolean {
  if (outer.starred) return fits(outer, inner, 'pattern');
  return outer.text.length === inner.text.length && matchesAt(outer.text, inner.text, 0, 'pattern');
}

/**
 * One pattern that matches at least every string that both match, for two patterns with stars that have strings in
 * common: they all start with the longer prefix and end with the longer suffix.
 *
 * @returns undefined when prefix and suffix could share characters, so that no single pattern says it
 */
export function commonGlob(a: Glob, b: Glob): Glob | undefined {
  if (!a.starred || !b.starred) return undefined;
  const prefix = a.prefix.length > b.prefix.length ? a.prefix : b.prefix;
  const suffix = a.suffix.length > b.suffix.length ? a.suffix : b.suffix;
  for (let shared = Math.min(prefix.length, suffix.length); shared > 0; shared--) {
    if (matchesAt(suffix.slice(0, shared), prefix, prefix.length - shared, 'either')) return undefined;
  }
  return compileGlob(`${prefix}*${suffix}`);
}

/** On which side a `?` may stand for the other side's character. */
type WildcardSide = 'pattern' | 'either';

const QUESTION_MARK = 0x3f;
const STAR = 0x2a;

/** Places the parts of a starred pattern one after the other, each as far left as it goes. */
function fits(starred: Glob, { text, marked }: Glob, side: WildcardSide): boolean {
  const { parts, prefix, suffix } = starred;
  if (text.length < starred.minimum) return false;
  const end = text.length - suffix.length;
  if (!matchesAt(prefix, text, 0, side) || !matchesAt(suffix, text, end, side)) return false;
  const literally = !starred.marked && (side === 'pattern' || !marked);
  let at = prefix.length;
  for (let index = 1; index < parts.length - 1; index++) {
    const part = parts[index] as string;
    at = literally ? text.indexOf(part, at) : firstFit(part, text, at, end, side);
    if (at === -1) return false;
    at += part.length;
    if (at > end) return false;
  }
  return true;
}

/** @returns where the part fits first; -1 when it does not before `end` */
function firstFit(part: string, text: string, from: number, end: number, side: WildcardSide): number {
  for (let at = from; at + part.length <= end; at++) if (matchesAt(part, text, at, side)) return at;
  return -1;
}

function matchesAt(part: string, text: string, at: number, side: WildcardSide): boolean {
  for (let index = 0; index < part.length; index++) {
    const a = part.charCodeAt(index);
    const b = text.charCodeAt(at + index);
    if (a === b || (a === QUESTION_MARK && b !== STAR)) continue;
    if (side === 'pattern' || b !== QUESTION_MARK) return false;
  }
  return true;
}

function startsAgree(a: string, b: string): boolean {
  return a.length < b.length ? matchesAt(a, b, 0, 'either') : matchesAt(b, a, 0, 'either');
}

function endsAgree(a: string, b: string): boolean {
  const surplus = b.length - a.length;
  return surplus > 0 ? matchesAt(a, b, surplus, 'either') : matchesAt(b, a, -surplus, 'either');
}
