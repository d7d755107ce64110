import { JsonObject, type JsonTree } from '../../../../workflow/inspection/json-tree.ts';

/**
 * CloudFormation's functions. Source: AWS CloudFormation User Guide, "Intrinsic function reference".
 * What a function gives is known only when the template is deployed; what can be said before is said with `${…}`
 * in the place of what can't.
 */
const NO_VALUE = 'AWS::NoValue';

/** @returns the name of the function that stands here instead of a value, e.g. `Fn::Sub` */
export function functionIn(tree: JsonTree): string | undefined {
  if (!(tree instanceof JsonObject) || tree.entries.length !== 1) return undefined;
  const name = tree.entries[0]?.[0] ?? '';
  return name === 'Ref' || name.startsWith('Fn::') ? name : undefined;
}

/** The values of which `Fn::If` takes one, however deep; the value itself where it is no `Fn::If`. */
export function branchesOf(tree: JsonTree): JsonTree[] {
  const found: JsonTree[] = [];
  const waiting = [tree];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const branches = functionIn(next) === 'Fn::If' ? argumentOf(next) : undefined;
    if (Array.isArray(branches)) waiting.push(...branches.slice(1).reverse());
    else if (!isNoValue(next)) found.push(next);
  }
  return found;
}

function isNoValue(tree: JsonTree): boolean {
  return functionIn(tree) === 'Ref' && argumentOf(tree) === NO_VALUE;
}

function argumentOf(tree: JsonTree): JsonTree | undefined {
  return tree instanceof JsonObject ? tree.entries[0]?.[1] : undefined;
}

/** @returns true when the value, or one of a list of them, is decided only at deployment */
export function isDecidedLater(tree: JsonTree): boolean {
  return [tree].flat().some((each) => {
    return functionIn(each) !== undefined || (typeof each === 'string' && each.includes('${'));
  });
}

/** The texts that the value may be, e.g. for a `Resource`: unknown parts stand as `${…}`. */
export function textsIn(tree: JsonTree): JsonTree[] {
  if (Array.isArray(tree)) return tree.flatMap(textsIn);
  return branchesOf(tree).flatMap((branch) => {
    if (Array.isArray(branch)) return textsIn(branch);
    return functionIn(branch) === undefined ? [branch] : [textIn(branch)];
  });
}

/** The text that a function gives, with `${…}` for what is not known. */
export function textIn(tree: JsonTree): string {
  if (typeof tree === 'string') return tree;
  const name = functionIn(tree);
  const argument = argumentOf(tree);
  if (name === undefined || argument === undefined) return unknown('value');
  return (FUNCTIONS[name] ?? (() => unknown(name)))(argument);
}

const FUNCTIONS: Readonly<Record<string, (argument: JsonTree) => string>> = {
  Ref: (argument) => variable(String(argument)),
  'Fn::GetAtt': (argument) =>
    unknown(Array.isArray(argument) ? argument.map(String).join('.') : String(argument)),
  'Fn::Sub': substitute,
  'Fn::Join': join,
  'Fn::ImportValue': (argument) => unknown(`import ${typeof argument === 'string' ? argument : ''}`.trim()),
};

function substitute(argument: JsonTree): string {
  const [template, values] = Array.isArray(argument) ? argument : [argument];
  const known = new Map(values instanceof JsonObject ? values.entries : []);
  return String(template).replace(/\$\{([^}]*)\}/g, (written, name: string) => {
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    const value = known.get(name.trim());
    return value === undefined ? (KNOWN[name.trim()] ?? written) : textIn(value);
  });
}

function join(argument: JsonTree): string {
  const [separator, parts] = Array.isArray(argument) ? argument : [];
  if (!Array.isArray(parts)) return unknown('Fn::Join');
  return parts.map(textIn).join(String(separator));
}

/**
 * The one pseudo parameter whose value does not matter: every partition has the same services. Without it no service
 * could be read from `arn:${AWS::Partition}:s3:::…`.
 */
const KNOWN: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::URLSuffix': 'amazonaws.com',
};

function variable(name: string): string {
  return KNOWN[name] ?? unknown(name);
}

function unknown(name: string): string {
  return `\${${name}}`;
}
