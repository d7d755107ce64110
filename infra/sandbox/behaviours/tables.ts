import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { FAULTS, type Fault } from '../faults/table.ts';
import { BEHAVIOURS, type Behaviour } from './behaviours.ts';

export const README = new URL('../README.md', import.meta.url);

/** Each table stands behind its mark, up to an empty line. */
const TABLES: Readonly<Record<string, () => string>> = { faults: faultTable, behaviours: behaviourTable };

/** The README of the sandbox with its tables as the code is now. @throws Error when a mark is missing */
export function currentReadme(): string {
  return Object.entries(TABLES).reduce(
    (text, [name, table]) => {
      const mark = `<!-- ${name}: npm run behaviours -->\n\n`;
      const [before, after] = text.split(mark);
      if (before === undefined || after === undefined)
        throw new Error(`The README has no mark ${mark.trim()}`);
      const rest = after.slice(after.indexOf('\n\n'));
      return `${before}${mark}${table()}${rest}`;
    },
    readFileSync(README, 'utf8'),
  );
}

function faultTable(): string {
  const rows = Object.entries(FAULTS).map(([name, fault]) => [`\`${name}\``, valuesOf(fault), fault.does]);
  return tableOf(['name', 'values', 'what it does'], rows);
}

function valuesOf(fault: Fault): string {
  if (fault.kind === 'up or down') return '`up`, `down`';
  const amount = (value: number) => value.toLocaleString('en');
  return `${amount(fault.least)} to ${amount(fault.most)} ${fault.unit}; off: ${amount(fault.off)}`;
}

function behaviourTable(): string {
  const rows = BEHAVIOURS.map((each) => [each.of, each.does, kindOf(each)]);
  return tableOf(['of', 'the real one', 'in the sandbox'], rows);
}

function kindOf(behaviour: Behaviour): string {
  if ('enforced' in behaviour) {
    return `[enforced](${relative('infra/sandbox', behaviour.enforced)})`;
  }
  if ('switched' in behaviour) return `with ${behaviour.switched.map((name) => `\`${name}\``).join(', ')}`;
  return 'not modelled';
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [head, head.map(() => '---'), ...rows].map(line).join('\n');
}
