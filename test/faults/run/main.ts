import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { runCommand } from '../../../infra/command/run-command.ts';
import { figuresOf, isClean, renderCalls, renderFigures, renderSeen } from './figures.ts';
import { HELP, OPTIONS, type Options, readOptions } from './options.ts';
import { runFaults } from './run-faults.ts';

/** Cases whose calls are shown one by one: somebody looks at those, and not at hundreds. */
const MOST_SHOWN = 50;

await runCommand({ help: HELP, options: OPTIONS }, (values) =>
  playAll(readOptions(values, () => randomInt(2 ** 32))),
);

async function playAll(options: Options): Promise<void> {
  const began = Date.now();
  // A long run that somebody stops can be played again from what it has told.
  console.error(`seed ${options.seed}`);
  let isStopped = false;
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => {
      isStopped = true;
      console.error(
        'Stops after the cases under way, and tells what was seen; a second signal ends it at once.',
      );
    });
  }
  const results = await runFaults(
    options,
    ({ played, violations, broken }, done) => {
      const seen = [...violations.map((one) => `${one.promise}: ${one.seen}`), ...(broken ? [broken] : [])];
      for (const each of seen) console.error(`${played.id}: ${each}`);
      if (process.stderr.isTTY) process.stderr.write(`\r${done} cases`);
    },
    () => isStopped,
  );
  const commit = execFileSync('git', ['describe', '--always', '--dirty'], { encoding: 'utf8' }).trim();
  const figures = figuresOf(results, { seed: options.seed, commit, seconds: (Date.now() - began) / 1000 });
  if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(figures, null, 2)}\n`);
  console.log(`${renderFigures(figures)}\n`);
  if (!isClean(figures)) console.log(renderSeen(figures));
  if (options.only !== undefined && results.length <= MOST_SHOWN) {
    console.log(results.map(renderCalls).join('\n'));
  }
  process.exitCode = isClean(figures) && results.length > 0 ? 0 : 1;
}
