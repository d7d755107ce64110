import type { Message } from './blocks.ts';
import { message, section } from './blocks.ts';

const SUBCOMMANDS = [
  ['/policy-guard list [text]', 'the restricted actions, or those that contain the text'],
  ['/policy-guard pending', 'the requests that wait for a decision'],
  ['/policy-guard show ID', 'one request, with what has become of it'],
  ['/policy-guard doctor', 'checks the installation and says how to mend it'],
  ['/policy-guard help', 'this'],
] as const;

export function helpMessage(): Message {
  const lines = SUBCOMMANDS.map(([command, what]) => `\`${command}\` – ${what}`);
  return message('What /policy-guard can do', [
    section(
      [
        '*Policy Guard* takes policies that grant a restricted action out of force and asks here what to do.',
        ...lines,
      ].join('\n'),
    ),
  ]);
}
