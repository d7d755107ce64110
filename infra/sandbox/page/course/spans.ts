import type { StepState, TryState } from '../../api/contract.ts';

/** A stretch of time within a step, in milliseconds since 1970. */
export interface Span {
  kind: 'work' | 'failed' | 'wait';
  /** `try 2, failed`; `waits to try again`. */
  means: string;
  from: number;
  to: number;
}

/**
 * What a step did with its time: each try of its task, and the waits between them and for a decision.
 *
 * @param end when what has not ended yet is drawn to, in milliseconds since 1970
 */
export function spansOf(step: StepState, end: number): Span[] {
  const left = endOf(step, end);
  if (step.tries.length === 0) {
    const waits = step.type === 'Wait';
    const span = { from: Date.parse(step.enteredAt), to: left };
    return [{ ...span, kind: waits ? 'wait' : 'work', means: waits ? 'waits' : 'goes on' }];
  }
  return step.tries.flatMap((tried, index) => {
    const next = step.tries[index + 1];
    const over = tried.endedAt === null ? undefined : Date.parse(tried.endedAt);
    const again = next === undefined ? left : Date.parse(next.startedAt);
    const pause = over === undefined || tried.error === null || (next === undefined && step.leftAt !== null);
    return [
      ...spansOfTry(tried, index + 1, over ?? left),
      ...(pause ? [] : [{ kind: 'wait' as const, means: 'waits to try again', from: over, to: again }]),
    ];
  });
}

function spansOfTry({ startedAt, submitted, error }: TryState, number: number, to: number): Span[] {
  const from = Date.parse(startedAt);
  const name = `try ${number}`;
  const kind = error === null ? 'work' : 'failed';
  const means = error === null ? name : `${name}, failed`;
  if (submitted === null) return [{ kind, means, from, to }];
  const asked = Date.parse(submitted.at);
  return [
    { kind: 'work', means: name, from, to: asked },
    { kind: 'wait', means: 'waits for a decision', from: asked, to },
  ];
}

/** When a step was left; `now` while the execution is in it. */
export function endOf({ leftAt }: StepState, now: number): number {
  return leftAt === null ? now : Date.parse(leftAt);
}

/**
 * Where moments stand on the axis, in percent. Each stretch between two of them is as wide as the root of its time:
 * a decision may take a day and everything else milliseconds, and both are to be seen.
 *
 * @param moments milliseconds since 1970, in any order
 */
export function axisOf(moments: readonly number[]): (moment: number) => number {
  const sorted = [...new Set(moments)].sort((one, other) => one - other);
  const places = new Map<number, number>();
  let place = 0;
  for (const [index, moment] of sorted.entries()) {
    place += index === 0 ? 0 : Math.sqrt(moment - (sorted[index - 1] as number));
    places.set(moment, place);
  }
  return (moment) => (place === 0 ? 0 : ((places.get(moment) ?? 0) / place) * 100);
}

/** `12 ms`, `1.2 s`; longer ones in whole units by `words`. */
export function took(milliseconds: number, words: (milliseconds: number) => string): string {
  if (milliseconds < 1000) return `${Math.max(0, Math.round(milliseconds))} ms`;
  return milliseconds < 10_000 ? `${(milliseconds / 1000).toFixed(1)} s` : words(milliseconds);
}
