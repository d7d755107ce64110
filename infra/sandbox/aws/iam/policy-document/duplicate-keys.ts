/** The strings and the punctuation of JSON; numbers, literals and white space do not matter here. */
const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/g;

/**
 * Whether an object in the JSON text names a key twice, which `JSON.parse` does not tell.
 *
 * @param json text that `JSON.parse` accepts
 */
export function hasDuplicateKeys(json: string): boolean {
  const keysOfOpenObjects: Set<string>[] = [];
  let lastString = '';
  for (const [token] of json.matchAll(TOKENS)) {
    if (token === '{') keysOfOpenObjects.push(new Set());
    else if (token === '}') keysOfOpenObjects.pop();
    else if (token.startsWith('"')) lastString = token;
    else if (token === ':') {
      const key: string = JSON.parse(lastString);
      const keys = keysOfOpenObjects.at(-1);
      if (keys?.has(key)) return true;
      keys?.add(key);
    }
  }
  return false;
}
