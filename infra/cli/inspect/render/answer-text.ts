import { styleText } from 'node:util';
import type { Finding } from '../../../../workflow/inspection/finding.ts';
import type { Answer, EventFields } from '../judge.ts';
import { nameOf } from '../tally.ts';
import type { Told } from '../told.ts';
import { printable } from './printable.ts';

/** @param color whether the text goes to a terminal that shows colours */
export function answerAsText({ source, answer }: Told, color: boolean): string {
  const { restricted, findings, unreadable } = answer;
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    color ? styleText(style, text, { validateStream: false }) : text;
  const verdict = restricted ? paint(['red', 'bold'], 'HELD   ') : paint('green', 'allowed');
  const what = describeWhat(answer);
  const lines = [`${verdict} ${paint('bold', printable(source))}${what === '' ? '' : `  ${what}`}`];
  if (answer.inForce === false) lines.push('        the version was not made default, so it grants nothing');
  if (unreadable !== undefined) lines.push(`        ${printable(unreadable)}`);
  return [...lines, ...findings.flatMap(describeFinding).map((line) => `        ${printable(line)}`)].join(
    '\n',
  );
}

/** @returns the change or policy that an answer is about, in one line; empty when only its place is known */
export function describeWhat({ event, policy, owners }: Answer): string {
  if (event) return describeEvent(event);
  const holders = owners?.filter((owner) => !policy?.startsWith(owner)) ?? [];
  const parts = [policy, holders.length > 0 && `held by ${holders.join(', ')}`];
  return printable(parts.filter((part) => typeof part === 'string').join(' '));
}

function describeEvent({ eventName, eventTime, accountId, requester, target }: Partial<EventFields>): string {
  const parts = [
    eventName,
    target && `on ${nameOf(target)}`,
    requester && `by ${requester}`,
    eventTime,
    accountId && `in account ${accountId}`,
  ];
  return printable(parts.filter((part) => part !== undefined && part !== '').join(' '));
}

/** @returns what is granted, where and on what; not yet safe to show */
export function describeFinding(finding: Finding): string[] {
  const { restricted, grantedBy, statement, sid, resources, conditional, condition, because, set, why } =
    finding;
  const where = `statement ${statement}${sid === undefined ? '' : ` (${sid})`}`;
  const on = resources.length > 0 ? ` on ${resources.join(', ')}` : '';
  const lines = [`${restricted}: granted by ${grantedBy} in ${where}${on}`];
  if (conditional) lines.push(`  only if ${condition}, which does not excuse it`);
  if (because !== undefined) lines.push(`  counts here: ${because}`);
  if (why !== undefined) lines.push(`  ${set === undefined ? '' : `${set}: `}${why}`);
  return lines;
}
