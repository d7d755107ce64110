import type { ActionPattern } from './action-pattern.ts';
import { actionsCover, actionsIntersect, serviceOf } from './action-pattern.ts';

interface Bucket {
  /** Patterns without wildcards, by name. */
  literals: Map<string, ActionPattern[]>;
  others: ActionPattern[];
}

/** Many patterns, sorted by service and name so that most questions touch few of them. */
export class PatternSet {
  /** All characters of the patterns together. */
  readonly size: number;
  private readonly buckets = new Map<string, Bucket>();
  private readonly anyService: ActionPattern[] = [];

  constructor(patterns: readonly ActionPattern[]) {
    let size = 0;
    for (const pattern of patterns) {
      size += pattern.whole.text.length;
      if (pattern.possible) this.add(pattern);
    }
    this.size = size;
  }

  /** The patterns that have an action in common with this one. */
  *intersecting(pattern: ActionPattern): Generator<ActionPattern> {
    yield* this.anyService.filter((other) => actionsIntersect(other, pattern));
    for (const bucket of this.bucketsFor(pattern)) {
      if (isLiteral(pattern)) yield* bucket.literals.get(pattern.name?.text ?? '') ?? [];
      else
        for (const same of bucket.literals.values())
          yield* same.filter((other) => actionsIntersect(other, pattern));
      yield* bucket.others.filter((other) => actionsIntersect(other, pattern));
    }
  }

  intersects(pattern: ActionPattern): boolean {
    return !this.intersecting(pattern).next().done;
  }

  /** Does one of the patterns provably cover this one entirely? */
  covers(pattern: ActionPattern): boolean {
    if (this.anyService.some((other) => actionsCover(other, pattern))) return true;
    const bucket = this.buckets.get(serviceOf(pattern) ?? '');
    if (!bucket) return false;
    if (isLiteral(pattern) && bucket.literals.has(pattern.name?.text ?? '')) return true;
    return bucket.others.some((other) => actionsCover(other, pattern));
  }

  private add(pattern: ActionPattern): void {
    const service = serviceOf(pattern);
    if (service === undefined) {
      this.anyService.push(pattern);
      return;
    }
    const bucket: Bucket = this.buckets.get(service) ?? { literals: new Map(), others: [] };
    this.buckets.set(service, bucket);
    if (!isLiteral(pattern)) bucket.others.push(pattern);
    else {
      const name = pattern.name?.text ?? '';
      const same = bucket.literals.get(name);
      if (same) same.push(pattern);
      else bucket.literals.set(name, [pattern]);
    }
  }

  private bucketsFor(pattern: ActionPattern): Iterable<Bucket> {
    const service = serviceOf(pattern);
    if (service === undefined) return this.buckets.values();
    const bucket = this.buckets.get(service);
    return bucket ? [bucket] : [];
  }
}

/** True when the pattern is one action, without wildcards. */
export function isLiteral(pattern: ActionPattern): boolean {
  return pattern.possible && pattern.whole.literal;
}
