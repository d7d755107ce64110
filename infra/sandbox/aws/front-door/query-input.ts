type Node = string | Map<string, Node>;

/**
 * Decodes a form of the AWS query protocol: `Tags.member.1.Key=a` becomes `{ Tags: [{ Key: 'a' }] }`, and
 * `Attributes.entry.1.key=k&Attributes.entry.1.value=v` becomes `{ Attributes: { k: 'v' } }`. Every leaf stays text.
 *
 * @see https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function readQueryInput(form: URLSearchParams): Record<string, unknown> {
  const root = new Map<string, Node>();
  for (const [name, value] of form) {
    if (name !== 'Action' && name !== 'Version') insert(root, name.split('.'), value);
  }
  return Object.fromEntries([...root].map(([name, node]) => [name, decode(node)]));
}

function insert(root: Map<string, Node>, path: string[], value: string): void {
  let parent = root;
  for (const part of path.slice(0, -1)) {
    const next = parent.get(part);
    const child = next instanceof Map ? next : new Map<string, Node>();
    parent.set(part, child);
    parent = child;
  }
  parent.set(path.at(-1) ?? '', value);
}

function decode(node: Node): unknown {
  if (typeof node === 'string') return node;
  const members = node.get('member');
  if (members instanceof Map) return inOrder(members).map(decode);
  const entries = node.get('entry');
  if (entries instanceof Map) return Object.fromEntries(inOrder(entries).map(keyAndValue));
  return Object.fromEntries([...node].map(([name, child]) => [name, decode(child)]));
}

function inOrder(numbered: Map<string, Node>): Node[] {
  return [...numbered].sort(([a], [b]) => Number(a) - Number(b)).map(([, node]) => node);
}

/** Maps are sent as `key`/`value`, in SNS message attributes as `Name`/`Value`. */
function keyAndValue(entry: Node): [string, unknown] {
  if (typeof entry === 'string') return [entry, ''];
  const key = entry.get('key') ?? entry.get('Name') ?? '';
  return [String(key), decode(entry.get('value') ?? entry.get('Value') ?? '')];
}
