import type { Bill, BillLine } from './bill.ts';
import { ASSUMPTIONS, PRICE_NOTE, PRICE_REGION, WRITTEN_ON } from './prices.ts';

const quantity = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

type Bills = Readonly<Record<string, Bill>>;

/**
 * The costs as Markdown.
 *
 * @param changes how many changes each bill is for, and what is done with them → the bill
 * @param sweeps which sweeps → the bill
 * @param month the bill of a month in which nothing happens
 */
export function renderCosts(changes: { count: number; bills: Bills }, sweeps: Bills, month: Bill): string {
  const { billedSecondsPerInvocation, billedSecondsPerAccountPage } = ASSUMPTIONS;
  const { logBytesPerInvocation, logBytesPerTransition } = ASSUMPTIONS;
  return [
    `Prices of ${PRICE_REGION} as of ${WRITTEN_ON}. ${PRICE_NOTE}`,
    '',
    ...tableOf(`${changes.count.toLocaleString('en-US')} changes that are`, changes.bills),
    '',
    ...tableOf('Sweeps of an account of', sweeps),
    '',
    ...tableOf('A quiet month', { 'number: price': month }),
    '',
    `Counted in the sandbox; assumed: ${billedSecondsPerInvocation} s billed for each invocation and ` +
      `${billedSecondsPerAccountPage} for each thousand of an account that a sweep reads, ` +
      `${logBytesPerInvocation} bytes of log for each, ${logBytesPerTransition} for each transition.`,
    '',
  ].join('\n');
}

/** What none of the bills has is left out. */
function tableOf(title: string, bills: Bills): string[] {
  const all = Object.values(bills);
  const rows = (all[0]?.lines ?? [])
    .map((line, row) => [line.title, ...all.map(({ lines }) => cell(lines[row]))])
    .filter(([, ...cells]) => cells.some((each) => each !== NONE));
  const together = all.map(({ usd }) => `**${dollars.format(usd)}**`);
  return table([title, ...Object.keys(bills)], rows, ['**Together**', ...together]);
}

const NONE = '–';

function cell(line: BillLine | undefined): string {
  if (line === undefined || line.quantity === 0) return NONE;
  const price = line.usd < 0.005 ? 'under a cent' : dollars.format(line.usd);
  return `${quantity.format(line.quantity)}: ${price}`;
}

function table(head: string[], rows: string[][], foot: string[]): string[] {
  const row = (cells: string[]) => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [row(head), row(rule), ...rows.map(row), row(foot)];
}
