import dns from 'node:dns';
import { startSandbox } from '../../../infra/sandbox/sandbox.ts';
import { installVirtualTime } from '../time/virtual-time.ts';
import { callsUnderWay, followCalls } from '../world/calls.ts';

/** Puts this process into virtual time, for good. */
export async function becomeVirtual(): Promise<void> {
  process.env.POWERTOOLS_METRICS_DISABLED = 'true';
  // Once in real time: what a process makes only once is made then.
  await (await startSandbox({ environment: { SANDBOX_PAGE_PORT: '0', SANDBOX_AWS_PORT: '0' } })).close();
  followCalls();
  answerForLocalhost();
  installVirtualTime(callsUnderWay);
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
