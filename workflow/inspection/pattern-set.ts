import type { ActionPattern } from './action-pattern.ts';
import { actionsCover, actionsIntersect, serviceOf } from './action-pattern.ts';

interface Bucket {
  /** Patterns without wildcards. */
  literals: ActionPattern[];
  literalsByName: Map<string, ActionPattern[]>;
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
  intersecting(pattern: ActionPattern): ActionPattern[] {
    return this.candidatesFor(pattern).flatMap((patterns) =>
      patterns.filter((other) => actionsIntersect(other, pattern)),
    );
  }

  intersects(pattern: ActionPattern): boolean {
    return this.candidatesFor(pattern).some((patterns) =>
      patterns.some((other) => actionsIntersect(other, pattern)),
    );
  }

  /** Does one of the patterns provably cover this one entirely? */
  covers(pattern: ActionPattern): boolean {
    if (this.anyService.some((other) => actionsCover(other, pattern))) return true;
    const bucket = this.buckets.get(serviceOf(pattern) ?? '');
    if (!bucket) return false;
    if (isLiteral(pattern) && bucket.literalsByName.has(pattern.name?.text ?? '')) return true;
    return bucket.others.some((other) => actionsCover(other, pattern));
  }

  private add(pattern: ActionPattern): void {
    const service = serviceOf(pattern);
    if (service === undefined) {
      this.anyService.push(pattern);
      return;
    }
    const bucket: Bucket = this.buckets.get(service) ?? {
      literals: [],
      literalsByName: new Map(),
      others: [],
    };
    this.buckets.set(service, bucket);
    if (!isLiteral(pattern)) {
      bucket.others.push(pattern);
      return;
    }
    const name = pattern.name?.text ?? '';
    bucket.literals.push(pattern);
    const namesakes = bucket.literalsByName.get(name);
    if (namesakes) namesakes.push(pattern);
    else bucket.literalsByName.set(name, [pattern]);
  }

  /** Leaves out only what can't have an action in common with the pattern. */
  private candidatesFor(pattern: ActionPattern): ActionPattern[][] {
    const candidates = [this.anyService];
    const service = serviceOf(pattern);
    const literal = isLiteral(pattern) ? pattern.name?.text : undefined;
    const add = ({ literals, literalsByName, others }: Bucket) => {
      candidates.push(literal === undefined ? literals : (literalsByName.get(literal) ?? []), others);
    };
    if (service === undefined) for (const bucket of this.buckets.values()) add(bucket);
    else {
      const bucket = this.buckets.get(service);
      if (bucket) add(bucket);
    }
    return candidates;
  }
}

/** True when the pattern is one action, without wildcards. */
export function isLiteral(pattern: ActionPattern): boolean {
  return pattern.possible && pattern.whole.literal;
}
