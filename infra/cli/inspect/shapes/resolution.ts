import { JsonObject, type JsonTree } from '../../../../workflow/inspection/json-tree.ts';
import { lettersOf } from '../../../../workflow/inspection/statement.ts';
import { branchesOf, functionIn, isDecidedLater, textIn, textsIn } from './intrinsics.ts';
import { withEntries } from './tree.ts';

/** What a Deny is made of that is not known to deny anything. */
const NOTHING_DENIED: Readonly<Record<string, string>> = { action: 'none:null', notaction: '*' };

/**
 * A policy document of which everything is replaced that is decided at deployment. In a resource `${…}` stands for it.
 * Where it decides what is granted, that is doubted: any action may be granted, and nothing is surely denied.
 */
export class Resolution {
  readonly document: JsonTree;
  /** What is doubted, as in `statement 0 has an Effect that is decided at deployment`. */
  readonly doubts: string[] = [];
  /** Whether the document is another than the one that was given. */
  changed = false;
  private readonly certain: boolean;
  private index = 0;

  /** @param certainty `uncertain`: none of the statements may be there, so none of them takes anything away */
  constructor(tree: JsonTree, certainty: 'certain' | 'uncertain' = 'certain') {
    this.certain = certainty === 'certain';
    this.document = this.resolve(tree);
  }

  private resolve(tree: JsonTree): JsonTree {
    if (!(tree instanceof JsonObject)) return tree;
    return withEntries(
      tree,
      tree.entries.map(([key, value]) => {
        if (lettersOf(key) === 'statement') return [key, this.statements(value)];
        return [key, functionIn(value) === undefined ? value : this.replaced(textIn(value))];
      }),
    );
  }

  /** Those that may be there follow those that certainly are, so that these keep their numbers. */
  private statements(value: JsonTree): JsonTree {
    const written = [value].flat();
    const surely = written.filter((statement) => this.decider(statement) === undefined);
    if (surely.length === written.length) {
      const kept = written.map((statement) => this.statement(statement, this.certain));
      return Array.isArray(value) ? kept : (kept[0] as JsonTree);
    }
    const perhaps = written.filter((statement) => !surely.includes(statement));
    for (const statement of perhaps) {
      this.doubt(`statement ${written.indexOf(statement)} as a whole is ${this.decider(statement)}`);
    }
    const branches = perhaps.flatMap(branchesOf).flat();
    return [
      ...surely.map((statement) => this.statement(statement, this.certain)),
      ...branches
        .filter((branch) => this.decider(branch) === undefined)
        .map((branch) => this.statement(branch, false)),
    ];
  }

  /** The function that decides whether and how the statement is there; `Fn::Transform` may stand among other keys. */
  private decider(statement: JsonTree): string | undefined {
    if (!(statement instanceof JsonObject)) return undefined;
    const brings = /^Fn::(?:Transform|ForEach)/;
    return functionIn(statement) ?? statement.entries.find(([key]) => brings.test(key))?.[0];
  }

  private statement(tree: JsonTree, certain: boolean): JsonTree {
    const index = this.index++;
    if (!(tree instanceof JsonObject)) return tree;
    const denies = tree.entries.some(([key, value]) => lettersOf(key) === 'effect' && value === 'Deny');
    const harmless =
      denies && (!certain || tree.entries.some(([key, value]) => isActions(key) && isDecidedLater(value)));
    return withEntries(
      tree,
      tree.entries.map(([key, value]) => {
        const nothing = NOTHING_DENIED[lettersOf(key)];
        if (harmless && nothing !== undefined) return [key, this.replaced(nothing)];
        return [key, this.element(lettersOf(key), value, index)];
      }),
    );
  }

  private element(letters: string, value: JsonTree, index: number): JsonTree {
    if (letters === 'resource' || letters === 'notresource') return this.texts(value);
    if (letters === 'sid') return functionIn(value) === undefined ? value : this.replaced(textIn(value));
    if (letters === 'effect' && isDecidedLater(value)) {
      this.doubt(`statement ${index} has an Effect that is decided at deployment`);
      return this.replaced('Allow');
    }
    if (isActions(letters) && isDecidedLater(value)) {
      const what = letters === 'action' ? 'an Action' : 'a NotAction';
      this.doubt(`statement ${index} has ${what} that is decided at deployment`);
      return this.texts(value);
    }
    return value;
  }

  private texts(value: JsonTree): JsonTree {
    const hasFunction = [value].flat().some((each) => functionIn(each) !== undefined);
    return hasFunction ? this.replaced(textsIn(value)) : value;
  }

  private replaced(value: JsonTree): JsonTree {
    this.changed = true;
    return value;
  }

  private doubt(what: string): void {
    this.changed = true;
    this.doubts.push(what);
  }
}

function isActions(key: string): boolean {
  return lettersOf(key) === 'action' || lettersOf(key) === 'notaction';
}
