import type { MadeCall } from '../plays/play.ts';
import { FAULTS, type FaultKind } from '../world/fault.ts';
import type { Case } from './case.ts';
import type { Recording } from './make-cases.ts';

/** Every call with every fault that makes a difference there. */
export function singleCases(recordings: readonly Recording[]): Case[] {
  return recordings.flatMap((recording) => {
    const { containment, story } = recording.played;
    const firsts = firstCalls(recording.calls);
    return callsOf(recording).flatMap((call) =>
      FAULTS.filter((kind) => isDifferent(kind, call, firsts.has(call))).map(
        (kind): Case => ({
          ...{ family: 'singles', containment, story },
          id: `single | ${containment} | ${story} | ${call.id} | ${kind}`,
          faults: [{ at: call.id, kind }],
        }),
      ),
    );
  });
}

/**
 * The calls that no other story has. Until people are asked, all but the sweep's go as with an approval; so does what
 * follows upon what the sweep has found, and elsewhere the sweep finds nothing.
 */
function callsOf({ played: { story }, calls, callsUntilAsked }: Recording): MadeCall[] {
  const repeats = repeatedRuns(calls);
  const from = story === 'approve' || story === 'found' ? 0 : callsUntilAsked;
  return calls
    .slice(from, story === 'found' ? callsUntilAsked : undefined)
    .filter(
      ({ run, id }) => !repeats.has(run) && (story === 'found' || !/^[\w-]+\.(?:tell-)?sweep /.test(id)),
    );
}

const firstCalls = (calls: readonly MadeCall[]) =>
  new Set([...Map.groupBy(calls, ({ run }) => run).values()].map(([first]) => first));

/**
 * Whether no other single leaves the very same behind. That a read was carried out before its answer was lost changes
 * nothing. A function that dies leaves behind what it wrote: so it dies once before it does anything, and once with
 * each write done, and dying at any other moment is one of these.
 */
function isDifferent(kind: FaultKind, { reads }: MadeCall, isFirst: boolean): boolean {
  switch (kind) {
    case 'done, answer lost':
    case 'killed during':
      return !reads;
    case 'killed before':
      return isFirst;
    case 'killed after':
      return false;
    default:
      return true;
  }
}

/** Runs of a function that did, call by call, what one before it had done, and nobody else had written in between. */
function repeatedRuns(calls: readonly MadeCall[]): Set<number> {
  const repeats = new Set<number>();
  const seen = new Map<string, string>();
  for (const [run, made] of Map.groupBy(calls, (call) => call.run)) {
    const [fn = ''] = made[0]?.id.split('.') ?? [];
    const did = `${made.map(({ id }) => id.replace(/ #\d+$/, '')).join()}`;
    if (seen.get(did) === fn) repeats.add(run);
    if (made.some(({ reads }) => !reads)) for (const [other, of] of seen) if (of !== fn) seen.delete(other);
    seen.set(did, fn);
  }
  return repeats;
}
