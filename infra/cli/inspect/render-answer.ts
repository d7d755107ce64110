import { styleText } from 'node:util';
import type { Target } from '../../../workflow/events/change.ts';
import type { Finding } from '../../../workflow/inspection/finding.ts';
import type { Answer, EventFields } from './judge.ts';
import { printable } from './printable.ts';

/** One line of JSON. Escapes more than JSON asks for, and so stays safe to look at and equal when read back. */
export function answerAsJson({ source, restricted, findings, unreadable, inForce, event }: Answer): string {
  return printable(JSON.stringify({ source, restricted, findings, unreadable, inForce, ...event }));
}

/** @param color whether the text goes to a terminal that shows colours */
export function answerAsText(answer: Answer, color: boolean): string {
  const { source, restricted, findings, unreadable, event } = answer;
  const paint = (style: Parameters<typeof styleText>[0], text: string) =>
    color ? styleText(style, text, { validateStream: false }) : text;
  const verdict = restricted ? paint(['red', 'bold'], 'HELD   ') : paint('green', 'allowed');
  const heading = `${verdict} ${paint('bold', printable(source))}${event ? `  ${describeEvent(event)}` : ''}`;
  const lines = [heading];
  if (answer.inForce === false) lines.push('        the version was not made default, so it grants nothing');
  if (unreadable !== undefined) lines.push(`        ${printable(unreadable)}`);
  return [...lines, ...findings.flatMap(describeFinding)].join('\n');
}

function describeEvent({ eventName, eventTime, requester, target }: Partial<EventFields>): string {
  const parts = [eventName, target && `on ${nameOf(target)}`, requester && `by ${requester}`, eventTime];
  return printable(parts.filter((part) => part !== undefined).join(' '));
}

function nameOf(target: Target): string {
  if (target.type === 'inline-policy') return `${target.entity} ${target.entityName} (${target.policyName})`;
  return target.policyArn;
}

function describeFinding(finding: Finding): string[] {
  const { restricted, grantedBy, statement, sid, resources, conditional, condition, because, set, why } =
    finding;
  const where = `statement ${statement}${sid === undefined ? '' : ` (${sid})`}`;
  const on = resources.length > 0 ? ` on ${resources.join(', ')}` : '';
  const lines = [`${restricted}: granted by ${grantedBy} in ${where}${on}`];
  if (conditional) lines.push(`  only if ${condition}, which does not excuse it`);
  if (because !== undefined) lines.push(`  counts here: ${because}`);
  if (why !== undefined) lines.push(`  ${set === undefined ? '' : `${set}: `}${why}`);
  return lines.map((line) => `        ${printable(line)}`);
}
