import { runCommand, UsageError } from '../../infra/command/run-command.ts';
import { judge, render } from './judge.ts';
import { playBurst } from './play.ts';

const HELP = `Plays a burst of changes in a minute, and one of a quarter of them, and checks that none is late, lost or twice.

Usage: npm run -s test:long -- [--changes N]

  --changes N  so many changes, from 8 on; 1000 unless given
  --help       this text

Ends with 1 where something was late, lost or twice.
`;

process.env.POWERTOOLS_METRICS_DISABLED = 'true';
process.env.AWS_LAMBDA_LOG_LEVEL = 'FATAL';

await runCommand({ help: HELP, options: { changes: { type: 'string' } } }, async (values) => {
  const changes = Number(values.changes ?? 1000);
  if (!Number.isInteger(changes) || changes < 8)
    throw new UsageError('--changes takes a whole number from 8 on.');
  const few = Math.round(changes / 4);
  const one = await playBurst({ changes: 1, seconds: 0 });
  const smaller = await playBurst({ changes: few, seconds: 15 });
  const larger = await playBurst({ changes, seconds: 60 });
  const judged = judge(one, smaller, larger);
  console.log(render(judged, few, changes));
  process.exit(judged.every(({ kept }) => kept) ? 0 : 1);
});
