import type { ActionPattern } from './action-pattern.ts';
import { readExcludingPattern, readGrantingPattern } from './action-pattern.ts';
import { isLiteral, PatternSet } from './pattern-set.ts';
import type { Statement } from './statement.ts';

/**
 * How much proving one document is worth: characters of the grants times characters of the denials. The longest
 * document that IAM's quotas allow (10,240 characters, role) stays below it; past it a grant counts as in force.
 */
const PROOF_WORK = 30_000_000;

/** What the document takes away again, certainly and for every request. */
export class Denials {
  private readonly denied: PatternSet;
  private readonly exceptions: PatternSet[];
  private readonly known = new Map<ActionPattern, boolean>();
  private workLeft = PROOF_WORK;

  constructor(statements: readonly Statement[]) {
    const denials = statements.filter((statement) => statement.deniesAlways);
    this.denied = new PatternSet(denials.flatMap(({ actions }) => actions.map(readExcludingPattern)));
    this.exceptions = denials
      .flatMap(({ notActions }) => notActions)
      .filter((names) => names.length > 0)
      .map((names) => new PatternSet(names.map(readGrantingPattern)));
  }

  /**
   * Is everything denied that the restricted action and the granting pattern have in common? Proven by the
   * restricted action being denied as a whole, or the grant.
   *
   * @param granting undefined for a grant by `NotAction`
   */
  cover(restricted: ActionPattern, granting: ActionPattern | undefined): boolean {
    if (this.deny(restricted)) return true;
    // What a pattern shares with a single action is that action, which was not denied.
    return (
      granting !== undefined && !isLiteral(restricted) && this.affordable(granting) && this.deny(granting)
    );
  }

  private deny(pattern: ActionPattern): boolean {
    const known = this.known.get(pattern);
    if (known !== undefined) return known;
    const denied =
      this.denied.covers(pattern) || this.exceptions.some((exceptions) => !exceptions.intersects(pattern));
    this.known.set(pattern, denied);
    return denied;
  }

  private affordable(pattern: ActionPattern): boolean {
    if (this.known.has(pattern)) return true;
    const size = this.exceptions.reduce((sum, exceptions) => sum + exceptions.size, this.denied.size);
    this.workLeft -= size * pattern.whole.text.length;
    return this.workLeft >= 0;
  }
}
