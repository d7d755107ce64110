import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { afterAll } from 'vitest';
import { awsAt } from './local-server.ts';

export const MOTO_INSTALLED = isInstalled();
/** For the title of a suite that cannot run without it. */
export const NO_MOTO = MOTO_INSTALLED ? '' : ' (moto is not installed here: skipped)';

/** Somebody else's AWS, with an account of its own for the tests of the file that asks. */
export interface Moto {
  /** For the SDK. */
  config: ReturnType<typeof awsAt>;
  /** Empties the account. */
  reset(): Promise<void>;
  /** Changes how it behaves. @see https://docs.getmoto.org/en/latest/docs/configuration/ */
  configure(config: object): Promise<void>;
}

/**
 * moto on a free loopback port; nothing is started where it is not installed.
 *
 * @param environment of its process, beside this one's
 */
export async function motoOfThisFile(environment: NodeJS.ProcessEnv = {}): Promise<Moto> {
  const url = MOTO_INSTALLED ? await start(environment) : 'http://moto.invalid';
  const post = async (what: string, body: string) => {
    if (!MOTO_INSTALLED) return;
    const { ok, status } = await fetch(`${url}/moto-api/${what}`, { method: 'POST', body });
    if (!ok) throw new Error(`moto answered ${status} to ${what}.`);
  };
  return {
    config: awsAt(url),
    reset: () => post('reset', ''),
    configure: (config) => post('config', JSON.stringify(config)),
  };
}

async function start(environment: NodeJS.ProcessEnv): Promise<string> {
  const port = await freePort();
  const moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  afterAll(async () => {
    if (moto.exitCode === null && moto.kill()) await once(moto, 'exit');
  });
  for await (const line of createInterface(moto.stderr)) {
    // From here on nobody reads what it tells of each request; the pipe must not fill up.
    if (line.includes('Running on')) break;
  }
  if (moto.exitCode !== null) throw new Error(`moto ended at once, with ${moto.exitCode}.`);
  moto.stderr.resume();
  return `http://127.0.0.1:${port}`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

function isInstalled(): boolean {
  try {
    execFileSync('moto_server', ['--help'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
