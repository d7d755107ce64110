/** One line of the table. */
export interface Row {
  /** What was measured, e.g. `judging`. */
  group: string;
  what: string;
  value: number;
  unit: '×' | 'KB' | 'calls' | 'ms' | '%';
  /** More than this is broken; missing for what is only told. A clock is never broken. */
  most?: number;
}

/** The table for people, and for Markdown. */
export function asTable(rows: readonly Row[]): string {
  const lines = rows.map(
    ({ group, what, value, unit, most }) =>
      `| ${group} | ${what} | ${shown(value)} ${unit} | ${most === undefined ? '–' : `${shown(most)} ${unit}`} |`,
  );
  return ['| what | of which | measured | broken above |', '| --- | --- | --- | --- |', ...lines, ''].join(
    '\n',
  );
}

function shown(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : String(Number(value.toPrecision(2)));
}

/** @returns the rows that are above what they may be */
export function broken(rows: readonly Row[]): Row[] {
  return rows.filter(({ value, most }) => most !== undefined && !(value <= most));
}
