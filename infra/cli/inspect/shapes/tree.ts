import { JsonObject, type JsonTree, parseJsonTree } from '../../../../workflow/inspection/json-tree.ts';

/** @returns the value under the key; the last one when it is written twice, as `JSON.parse` does */
export function field(tree: JsonTree | undefined, ...path: string[]): JsonTree | undefined {
  let value = tree;
  for (const name of path) {
    if (!(value instanceof JsonObject)) return undefined;
    value = value.entries.findLast(([key]) => key === name)?.[1];
  }
  return value;
}

/** @returns the text under the key, and nothing when what is there is no text */
export function textField(tree: JsonTree | undefined, ...path: string[]): string | undefined {
  const value = field(tree, ...path);
  return typeof value === 'string' ? value : undefined;
}

/** @returns the elements of the list under the key; none when there is no list */
export function listField(tree: JsonTree | undefined, ...path: string[]): JsonTree[] {
  const value = field(tree, ...path);
  return Array.isArray(value) ? value : [];
}

/** @returns the tree as compact JSON text, with every key as often as it is written */
export function asJson(tree: JsonTree): string {
  if (Array.isArray(tree)) return `[${tree.map(asJson).join(',')}]`;
  if (!(tree instanceof JsonObject)) return JSON.stringify(tree);
  return `{${tree.entries.map(([key, value]) => `${JSON.stringify(key)}:${asJson(value)}`).join(',')}}`;
}

/** @returns the tree as `JSON.parse` would give it */
export function plain(tree: JsonTree): unknown {
  return JSON.parse(asJson(tree));
}

/** An object like the given one, with other entries. */
export function withEntries(tree: JsonObject, entries: [key: string, value: JsonTree][]): JsonObject {
  const copy = new JsonObject(tree.start);
  copy.end = tree.end;
  copy.entries.push(...entries);
  return copy;
}

/** An object that was not read from anywhere. */
export function objectOf(values: Readonly<Record<string, JsonTree | undefined>>, start = 0): JsonObject {
  const made = new JsonObject(start);
  for (const [key, value] of Object.entries(values)) if (value !== undefined) made.entries.push([key, value]);
  return made;
}

/** @returns what a text says as JSON; undefined where it is none */
export function parsedText(text: string): JsonTree | undefined {
  try {
    return parseJsonTree(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
