import { startSandbox } from '../../../infra/sandbox/sandbox.ts';
import { installVirtualTime } from '../time/virtual-time.ts';
import { callsUnderWay, followCalls } from '../world/calls.ts';
import { shortenLoopback } from '../world/loopback.ts';

/** Puts this process into virtual time, for good. */
export async function becomeVirtual(): Promise<void> {
  process.env.POWERTOOLS_METRICS_DISABLED = 'true';
  shortenLoopback();
  // Once in real time: what a process makes only once is made then.
  await (await startSandbox({ environment: { SANDBOX_PAGE_PORT: '0', SANDBOX_AWS_PORT: '0' } })).close();
  followCalls();
  installVirtualTime(callsUnderWay);
}
