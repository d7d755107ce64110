import { type Block, block, list } from './block.ts';

const DOCUMENT = /^data\.aws_iam_policy_document\.[^.[]+/;
/** More modules than anybody nests; references that go round in circles end here. */
const MOST_STEPS = 100;

interface Place {
  /** Names of the modules from the root down. */
  path: readonly string[];
  reference: string;
}

/**
 * What a plan tells of the configuration that it was made from: which expressions refer to what.
 * Source: Terraform, "JSON Output Format", configuration representation.
 */
export class PlanConfiguration {
  private readonly root: Block;

  /** @param configuration of the plan; a state has none */
  constructor(configuration: unknown) {
    this.root = block(block(configuration).root_module);
  }

  /** @returns the address without the keys of instances: `module.a["x"].aws_iam_policy.p[0]` → `module.a.aws_iam_policy.p` */
  addressOf(address: string): string {
    return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|\d+)\]/g, '');
  }

  /** Whether the resource's configuration gives the attribute, so that it is not merely computed. */
  sets(address: string, attribute: string): boolean {
    const { path, name } = this.split(address);
    return this.expressions(path, name)[attribute] !== undefined;
  }

  /**
   * @returns the addresses, without keys of instances, of the policy documents that the attribute is made of; undefined
   * when it is made of something else too
   */
  documentsOf(address: string, attribute: string): string[] | undefined {
    const { path, name } = this.split(address);
    const waiting = this.places(path, this.expressions(path, name)[attribute]);
    const found = new Set<string>();
    if (waiting.length === 0) return undefined;
    for (let step = 0; waiting.length > 0; step++) {
      const place = waiting.pop() as Place;
      const document = DOCUMENT.exec(place.reference)?.[0];
      if (document !== undefined)
        found.add([...place.path.map((each) => `module.${each}`), document].join('.'));
      else {
        const next = this.follow(place);
        if (next === undefined || next.length === 0 || step > MOST_STEPS) return undefined;
        waiting.push(...next);
      }
    }
    return [...found];
  }

  /** Whether a resource, another document or a module is made of the policy document. */
  isReferred(address: string): boolean {
    const { path, name } = this.split(address);
    const module = this.module(path);
    const text = JSON.stringify([
      list(module.resources).map(({ expressions, address: own }) => (own === name ? {} : expressions)),
      module.module_calls,
    ]);
    return text.includes(`"${name}"`) || text.includes(`"${name}.`) || text.includes(`"${name}[`);
  }

  private follow({ path, reference }: Place): Place[] | undefined {
    const [kind, name = '', output] = this.addressOf(reference).split('.');
    const parent = path.slice(0, -1);
    if (kind === 'var' && path.length > 0) {
      const call = block(block(this.module(parent).module_calls)[path.at(-1) ?? '']);
      return this.places(parent, block(call.expressions)[name]);
    }
    if (kind !== 'module') return undefined;
    const inside = [...path, name];
    if (output === undefined) return undefined;
    return this.places(inside, block(block(this.module(inside).outputs)[output]).expression);
  }

  /** References are told from the longest to the shortest: `data.x.y.json`, then `data.x.y`. */
  private places(path: readonly string[], expression: unknown): Place[] {
    const references = block(expression).references;
    const all = Array.isArray(references) ? references.map(String) : [];
    return all
      .filter(
        (each) =>
          !all.some(
            (other) => other !== each && /^[.[]/.test(other.slice(each.length)) && other.startsWith(each),
          ),
      )
      .filter((each) => !/^(?:each|count|path|terraform)\./.test(each))
      .map((reference) => ({ path, reference }));
  }

  private split(address: string): { path: string[]; name: string } {
    const parts = this.addressOf(address).split('.');
    const path: string[] = [];
    while (parts[0] === 'module') path.push(parts.splice(0, 2)[1] ?? '');
    return { path, name: parts.join('.') };
  }

  private expressions(path: readonly string[], name: string): Block {
    return block(list(this.module(path).resources).find(({ address }) => address === name)?.expressions);
  }

  private module(path: readonly string[]): Block {
    return path.reduce((module, name) => block(block(block(module.module_calls)[name]).module), this.root);
  }
}
