import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
} from 'yaml';
import { JsonObject, type JsonTree } from '../../../../workflow/inspection/json-tree.ts';

/** Many times what the largest template has; anchors that double again and again get there soon. */
const MOST_NODES = 1_000_000;

/**
 * Reads YAML, with CloudFormation's short forms (`!Sub`, `!GetAtt`) as the long ones.
 *
 * @returns one value for each document of the text; undefined when it is not YAML, or no more than plain text
 * @throws RangeError when its anchors unfold to more than can be read
 */
export function yamlValues(text: string): JsonTree[] | undefined {
  const documents = parseAllDocuments(text, {
    logLevel: 'silent',
    uniqueKeys: false,
    merge: true,
    lineCounter: new LineCounter(),
  });
  if (!Array.isArray(documents) || documents.some(({ errors }) => errors.length > 0)) return undefined;
  const values = documents.map((document) => new Converter(document).value(document.contents));
  return values.some((value) => typeof value === 'object' && value !== null) ? values : undefined;
}

interface Anchored {
  anchors: Map<string, Node>;
}

type YamlDocument = { contents: Node | null };

class Converter {
  private nodes = 0;
  private readonly anchors: Anchored['anchors'] = new Map();

  constructor(document: YamlDocument) {
    this.collect(document.contents);
  }

  value(node: unknown): JsonTree {
    if (++this.nodes > MOST_NODES) throw new RangeError('Its anchors unfold to more than can be read');
    if (isAlias(node)) return this.value(this.anchors.get(node.source) ?? null);
    const value = this.untagged(node);
    const tag = (node as { tag?: string } | null)?.tag;
    return tag?.startsWith('!') && !tag.startsWith('!!')
      ? longForm(tag.slice(1), value, startOf(node))
      : value;
  }

  private untagged(node: unknown): JsonTree {
    if (isMap(node)) return this.object(node.items, node.range);
    if (isSeq(node)) return node.items.map((item) => this.value(item));
    if (isScalar(node)) return scalar(node.value, node.source);
    return null;
  }

  private object(items: readonly Pair[], range: readonly number[] | null | undefined): JsonObject {
    const object = new JsonObject(range?.[0] ?? 0);
    object.end = range?.[1] ?? 0;
    for (const { key, value } of items) {
      const name = String(this.value(key));
      if (name === '<<') object.entries.push(...this.merged(value));
      else object.entries.push([name, this.value(value)]);
    }
    return object;
  }

  /** `<<: *base`: what is written out wins, so what is merged stands before it. */
  private merged(value: unknown): [key: string, value: JsonTree][] {
    return [this.value(value)].flat().flatMap((each) => (each instanceof JsonObject ? each.entries : []));
  }

  private collect(root: unknown): void {
    const waiting = [root];
    while (waiting.length > 0) {
      const node = waiting.pop();
      const anchor = (node as { anchor?: string } | null)?.anchor;
      if (anchor) this.anchors.set(anchor, node as Node);
      if (isMap(node) || isSeq(node)) waiting.push(...node.items);
      else if (isPair(node)) waiting.push(node.key, node.value);
    }
  }
}

function startOf(node: unknown): number {
  return (node as { range?: readonly number[] | null } | null)?.range?.[0] ?? 0;
}

/** A date, such as that of a policy's version, is a text; so is a number that JSON does not have. */
function scalar(value: unknown, source: string | undefined): JsonTree {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return value;
  return typeof value === 'number' && Number.isFinite(value) ? value : (source ?? String(value));
}

/** `!Ref X` is `{"Ref": "X"}`, `!GetAtt A.B` is `{"Fn::GetAtt": "A.B"}`. */
function longForm(name: string, value: JsonTree, start: number): JsonObject {
  const object = new JsonObject(start);
  object.entries.push([name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`, value]);
  return object;
}
