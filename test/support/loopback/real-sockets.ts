import type { ShortLoopback } from './loopback.ts';

/** Servers that this file makes from now on are reached over sockets: its tests are about those. */
export function realSockets(): void {
  const { shortLoopback } = globalThis as { shortLoopback?: ShortLoopback };
  if (shortLoopback !== undefined) shortLoopback.takesServers = false;
}
