import { type PackedDocument, unpack } from '../../../workflow/inspection/packed-document.ts';
import { layOut } from './document-lines.ts';

/** Statements and actions of a document, as texts. */
interface Parts {
  statements: string[];
  actions: string[];
}

/**
 * How much two policies differ: `+1 −1 statements, +2 actions`.
 *
 * @returns undefined where one of them is not what was kept
 */
export function countDifference(before: PackedDocument, after: PackedDocument): string | undefined {
  const [old, next] = [partsOf(before), partsOf(after)];
  if (old === undefined || next === undefined) return undefined;
  const counts = [
    tell(
      missingIn(old.statements, next.statements),
      missingIn(next.statements, old.statements),
      'statements',
    ),
    tell(missingIn(old.actions, next.actions), missingIn(next.actions, old.actions), 'actions'),
  ].filter((count) => count !== undefined);
  return counts.length === 0 ? 'nothing differs' : counts.join(', ');
}

function partsOf(document: PackedDocument): Parts | undefined {
  let text: string;
  try {
    text = unpack(document);
  } catch {
    return undefined;
  }
  const lines = layOut(text).filter(({ statement }) => statement !== undefined);
  const statements = [...Map.groupBy(lines, ({ statement }) => statement).values()];
  return {
    // The comma behind a statement belongs to the list.
    statements: statements.map((each) =>
      each
        .map((line) => line.text.trim())
        .join('')
        .replace(/,$/, ''),
    ),
    actions: lines
      .filter(({ element }) => element === 'action')
      .flatMap((line) => line.text.match(/"(?:[^"\\]|\\.)*"\s*:?/g) ?? [])
      .filter((text) => !text.endsWith(':')),
  };
}

/** How many texts of the second are not in the first. */
function missingIn(one: readonly string[], other: readonly string[]): number {
  return new Set(other.filter((text) => !one.includes(text))).size;
}

function tell(more: number, fewer: number, what: string): string | undefined {
  const counts = [...(more > 0 ? [`+${more}`] : []), ...(fewer > 0 ? [`−${fewer}`] : [])];
  return counts.length === 0 ? undefined : `${counts.join(' ')} ${what}`;
}
