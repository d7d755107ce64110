import type { ShortLoopback } from './loopback.ts';

// Before each file. One for all files of a worker: libraries keep what they were given first.
const worker = globalThis as { shortLoopback?: ShortLoopback };
worker.shortLoopback ??= (await import('./loopback.ts')).shortenLoopback();
worker.shortLoopback.takesServers = true;
