import { UsageError } from '../../command/run-command.ts';

const UNITS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/**
 * @param written `90m`, `24h`, `7d`, or a date or time as ISO 8601 writes it; without a zone it is UTC
 * @returns ISO 8601, UTC
 * @throws UsageError
 */
export function readSince(written: string, now: Date): string {
  const [, count, unit = ''] = /^(\d{1,5})([mhd])$/.exec(written) ?? [];
  if (count !== undefined) return new Date(now.getTime() - Number(count) * (UNITS[unit] ?? 0)).toISOString();
  const [iso, time, zone] =
    /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(written) ?? [];
  const at =
    iso === undefined ? Number.NaN : Date.parse(time !== undefined && zone === undefined ? `${iso}Z` : iso);
  if (Number.isNaN(at)) {
    throw new UsageError(
      `--since: ${JSON.stringify(written)} is no time. Write 24h, 7d, 2026-03-01 or 2026-03-01T09:00:00Z.`,
    );
  }
  return new Date(at).toISOString();
}
