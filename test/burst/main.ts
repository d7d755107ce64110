import { parseArgs } from 'node:util';
import { judge, render } from './judge.ts';
import { playBurst } from './play.ts';

/** `npm run test:long -- [--changes N]`: a burst of so many changes in a minute, and one of a quarter of them. */
process.env.POWERTOOLS_METRICS_DISABLED = 'true';
process.env.AWS_LAMBDA_LOG_LEVEL = 'FATAL';
const { values } = parseArgs({ options: { changes: { type: 'string', default: '1000' } } });
const changes = Number(values.changes);
if (!Number.isInteger(changes) || changes < 8) throw new Error('--changes takes a whole number from 8 on.');

const few = Math.round(changes / 4);
const one = await playBurst({ changes: 1, seconds: 0 });
const smaller = await playBurst({ changes: few, seconds: 15 });
const larger = await playBurst({ changes, seconds: 60 });
const judged = judge(one, smaller, larger);
console.log(render(judged, few, changes));
process.exit(judged.every(({ kept }) => kept) ? 0 : 1);
