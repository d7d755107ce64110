import dns from 'node:dns';
import { seeded } from '../../../infra/sandbox/faults/draws.ts';
import { startSandbox } from '../../../infra/sandbox/sandbox.ts';
import { type Case, playCase } from '../cases/case.ts';
import { seedOf } from '../cases/seeded.ts';
import { installVirtualTime } from '../time/virtual-time.ts';
import { callsUnderWay, followCalls } from '../world/calls.ts';
import type { Job, Result } from './messages.ts';

process.env.POWERTOOLS_METRICS_DISABLED = 'true';

/** Once in real time: what a process makes only once is made then. */
await (await startSandbox({ environment: { SANDBOX_PAGE_PORT: '0', SANDBOX_AWS_PORT: '0' } })).close();
followCalls();
answerForLocalhost();
installVirtualTime(callsUnderWay);

const realNow = performance.now.bind(performance);

process.on('message', (job: Job) => void run(job).then((result) => process.send?.(result)));
process.on('disconnect', () => process.exit());
process.send?.('ready');

/** What is left to chance in a case, jitter above all, comes from its name and the seed. */
async function run({ played, seed }: Job): Promise<Result> {
  Math.random = seeded(seedOf(played.id, seed));
  const began = realNow();
  try {
    return { ...(await playCase(played)), played, tookMs: realNow() - began };
  } catch (error) {
    return { ...broken(played, error), tookMs: realNow() - began };
  }
}

function broken(played: Case, error: unknown): Omit<Result, 'tookMs'> {
  const why = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { played, violations: [], calls: [], callsUntilAsked: 0, struck: false, broken: why };
}

/** Looking `localhost` up takes a thread and a moment each time, which is outside of virtual time. */
function answerForLocalhost(): void {
  const { lookup } = dns;
  const answer = (name: string, options: dns.LookupOptions, callback: (...found: unknown[]) => void) => {
    if (name !== 'localhost') return lookup(name, options, callback);
    return options.all
      ? callback(null, [{ address: '127.0.0.1', family: 4 }])
      : callback(null, '127.0.0.1', 4);
  };
  Object.assign(dns, { lookup: answer });
}
