import type { LeftOut } from '../shapes/reader.ts';
import type { Count, Tally } from '../tally.ts';
import { printable } from './printable.ts';

const LEFT_OUT: Readonly<Record<Exclude<LeftOut, 'no-policy'>, string>> = {
  'in-iam': 'attachments and switched versions, whose document the guard would read from IAM',
  'failed-call': 'calls that failed',
  'other-record': 'records that are no watched change',
  duplicate: 'changes met again, under the same eventID',
  'other-json': 'JSON files without a policy or record',
  'not-watched': 'policies that the guard does not watch',
  elsewhere: 'templates that another one names',
  'not-in-force': 'versions and resources that are not in force',
};

/** Of attachments and policies that are not judged; those that are held are all named. */
const MOST_NAMES = 20;

/** What would be held, and how much was read, in a sentence each. */
export function* headlines(tally: Tally): Generator<string> {
  const { changes, documents } = tally.all;
  if (changes > 0)
    yield `${format(tally.held.changes)} of ${format(changes)} IAM changes would have been held.`;
  if (documents > 0)
    yield `${format(tally.held.documents)} of ${format(documents)} policy documents would be held.`;
  if (tally.judged === 0) yield 'Nothing was judged: no policy document, and no IAM change that brings one.';
  if (tally.known > 0) {
    yield `${format(tally.known)} more ${tally.known === 1 ? 'is' : 'are'} restricted as in the baseline.`;
  }
  const others = [...tally.compared].map(([label, count]) => `; ${format(count)} with ${printable(label)}`);
  if (others.length > 0) yield `${format(tally.restricted + tally.known)} restricted${others.join('')}.`;
  yield readings(tally);
}

function readings({ files, records, all, unreadableFiles, unjudged, ignored }: Tally): string {
  const read = [
    counted(files, 'file'),
    counted(records, 'CloudTrail record'),
    counted(all.documents, 'policy document'),
  ].join(', ');
  const not = [
    ...(unreadableFiles > 0 ? [counted(unreadableFiles, 'file')] : []),
    ...(unjudged > 0 ? [`${counted(unjudged, 'part')} of files`] : []),
    ...(ignored > 0 ? [`${counted(ignored, 'file')} of another type`] : []),
  ];
  return `Read: ${read}.${not.length === 0 ? '' : ` Not read: ${not.join(', ')}.`}`;
}

/** What was understood and is not judged: what it is, how often, and under which names. */
export function notJudged(tally: Tally): { what: string; count: number; names: string[] }[] {
  return tally.notJudged.flatMap(({ as, count, names }) => {
    if (as === 'no-policy') return [];
    const shown = names
      .slice(0, MOST_NAMES)
      .map(([name, times]) => (times > 1 ? `${name} (${times})` : name));
    if (names.length > MOST_NAMES) shown.push(`… and ${format(names.length - MOST_NAMES)} more`);
    return [{ what: LEFT_OUT[as], count, names: shown }];
  });
}

/** Some lines of text: what would be held, by whom, and what was left out. */
export function summary(tally: Tally): string {
  const lines = [...headlines(tally)];
  for (const { title, rows } of tally.tables()) lines.push('', `${title}:`, ...columns(rows));
  const left = notJudged(tally).flatMap(({ what, count, names }) => [
    `  ${what}: ${format(count)}`,
    ...names.map((name) => `    ${printable(name)}`),
  ]);
  if (tally.ignored > 0) left.push(`  files of another type: ${format(tally.ignored)}`);
  if (left.length > 0) lines.push('', 'Not judged:', ...left);
  if (tally.unreadableInputs > 0) {
    lines.push('', `Inputs that could not be read: ${format(tally.unreadableInputs)}`);
  }
  return `${lines.join('\n')}\n`;
}

function columns(rows: readonly Count[]): string[] {
  const width = format(rows[0]?.[1] ?? 0).length;
  return rows.map(([name, count]) => `  ${format(count).padStart(width)}  ${printable(name)}`);
}

function counted(count: number, what: string): string {
  return `${format(count)} ${what}${count === 1 ? '' : 's'}`;
}

function format(count: number): string {
  return count.toLocaleString('en-US');
}
