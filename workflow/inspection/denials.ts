import {
  type ActionPattern,
  commonPattern,
  readExcludingPattern,
  readGrantingPattern,
} from './action-pattern.ts';
import { isLiteral, PatternSet } from './pattern-set.ts';
import type { Statement } from './statement.ts';

/** What asking one more set costs, in characters. */
const SET_WORK = 50;

/**
 * How much proving one document is worth: characters of the grants times characters of the denials. The longest
 * document that IAM's quotas allow (10,240 characters, role) stays below it with a list of exact actions; past it
 * a grant counts as in force.
 */
const PROOF_WORK = 30_000_000;

/** What the document takes away again, certainly and for every request. */
export class Denials {
  private readonly denied: PatternSet | undefined;
  private readonly exceptions: readonly PatternSet[] = [];
  /** Characters of all denials together. */
  private readonly size: number = 0;
  private readonly known = new Map<ActionPattern, boolean>();
  private workLeft = PROOF_WORK;

  constructor(statements: readonly Statement[]) {
    const denials = statements.filter((statement) => statement.deniesAlways);
    if (denials.length === 0) return;
    this.denied = new PatternSet(denials.flatMap(({ actions }) => actions.map(readExcludingPattern)));
    this.exceptions = denials
      .flatMap(({ notActions }) => notActions)
      .filter((names) => names.length > 0)
      .map((names) => new PatternSet(names.map(readGrantingPattern)));
    this.size = this.exceptions.reduce(
      (sum, exceptions) => sum + exceptions.size + SET_WORK,
      this.denied.size,
    );
  }

  /**
   * Is everything denied that the restricted action and the granting pattern have in common? Proven by the
   * restricted action being denied as a whole, or the grant, or a pattern for what they share.
   *
   * @param granting undefined for a grant by `NotAction`, or by the restricted action itself
   */
  cover(restricted: ActionPattern, granting: ActionPattern | undefined): boolean {
    if (this.size === 0) return false;
    if (this.isDenied(restricted)) return true;
    // What a pattern shares with a single action is that action, which was not denied.
    if (granting === undefined || isLiteral(restricted)) return false;
    if (this.known.has(granting) || this.isAffordable(granting)) {
      if (this.isDenied(granting)) return true;
    }
    const common = this.workLeft > 0 ? commonPattern(restricted, granting) : undefined;
    return common !== undefined && this.isAffordable(common) && this.proves(common);
  }

  private isDenied(pattern: ActionPattern): boolean {
    const known = this.known.get(pattern) ?? this.proves(pattern);
    this.known.set(pattern, known);
    return known;
  }

  private proves(pattern: ActionPattern): boolean {
    return (
      this.denied?.covers(pattern) || this.exceptions.some((exceptions) => !exceptions.intersects(pattern))
    );
  }

  private isAffordable(pattern: ActionPattern): boolean {
    this.workLeft -= this.size * pattern.whole.text.length;
    return this.workLeft >= 0;
  }
}
