import { commonGlob, compileGlob, type Glob, globCovers, globsIntersect } from './glob.ts';

/** An action pattern such as `s3:Delete*`, compiled. An action is `service:name`, with exactly one colon. */
export interface ActionPattern {
  /** As written. */
  written: string;
  whole: Glob;
  service?: Glob;
  name?: Glob;
  /** False for what no action can match, such as `DeleteBucket` or `s3:Get:Object`. */
  possible: boolean;
}

/**
 * No action is longer: IAM's own simulator takes names up to 128 characters (SimulatePrincipalPolicy), and this is
 * twice that. A pattern that needs more matches nothing.
 */
const LONGEST_ACTION = 256;

/** White space, marks, and characters that are invisible or stand for nothing. */
const IGNORED = /[\s\p{C}\p{M}\p{Z}\p{Default_Ignorable_Code_Point}]+/gu;
const PLAIN = /^[\x21-\x7e]*$/;

/**
 * Reads a pattern that grants, giving it the benefit of no doubt: white space (which occurs in real policies) and
 * invisible characters are left out, look-alikes such as full-width letters count as the letters they resemble.
 */
export function readGrantingPattern(written: string): ActionPattern {
  return compile(written, (PLAIN.test(written) ? written : plain(written)).toLowerCase());
}

/**
 * Leaves out what is invisible and reads look-alikes as what they resemble. Marks go first: sorting a long run of them would make
 * normalising quadratic. Normalising can bring new ones.
 */
export function plain(text: string): string {
  return text.replace(IGNORED, '').normalize('NFKC').replace(IGNORED, '');
}

/**
 * Reads a pattern that takes a grant away: only what it says to the letter counts. Case is folded for ASCII
 * alone, because nothing says that IAM folds more (the Kelvin sign lower-cases to a `k`).
 */
export function readExcludingPattern(written: string): ActionPattern {
  return compile(
    written,
    written.replace(/[A-Z]+/g, (run) => run.toLowerCase()),
  );
}

function compile(written: string, text: string): ActionPattern {
  const whole = compileGlob(text);
  const colon = text.indexOf(':');
  const short = whole.minimum <= LONGEST_ACTION;
  if (colon === -1) return { written, whole, possible: short && !whole.literal };
  const second = text.indexOf(':', colon + 1);
  const service = compileGlob(text.slice(0, colon));
  const name = compileGlob(text.slice(colon + 1, second === -1 ? undefined : second));
  return { written, whole, service, name, possible: short && second === -1 };
}

/**
 * Do the two patterns have an action in common? A pattern without a colon (`*`, `s3*`) may match across it;
 * whether IAM takes any but `*` is unsure, so it counts.
 */
export function actionsIntersect(a: ActionPattern, b: ActionPattern): boolean {
  if (!a.possible || !b.possible) return false;
  if (a.service && a.name && b.service && b.name) {
    return globsIntersect(a.service, b.service) && globsIntersect(a.name, b.name);
  }
  return globsIntersect(a.whole, b.whole);
}

/**
 * Does `outer` provably match every action that `inner` matches? Wildcards in the service of `outer` prove
 * nothing, unless it is `*` alone: whether IAM takes them as wildcards is unsure.
 */
export function actionsCover(outer: ActionPattern, inner: ActionPattern): boolean {
  if (outer.whole.text === '*') return true;
  if (!outer.service?.literal || !outer.name || !inner.service || !inner.name) return false;
  return outer.possible && outer.service.text === inner.service.text && globCovers(outer.name, inner.name);
}

/**
 * One pattern that matches at least every action that both match.
 *
 * @returns undefined when there is no such pattern, or when it would not be narrower than the two
 */
export function commonPattern(a: ActionPattern, b: ActionPattern): ActionPattern | undefined {
  const service = serviceOf(a);
  if (service === undefined || service !== serviceOf(b) || !a.name || !b.name) return undefined;
  const name = commonGlob(a.name, b.name);
  return name && compile(`${service}:${name.text}`, `${service}:${name.text}`);
}

/** The service that the pattern names, in lower case; undefined when wildcards leave it open. */
export function serviceOf(pattern: ActionPattern): string | undefined {
  return pattern.service?.literal ? pattern.service.text : undefined;
}
