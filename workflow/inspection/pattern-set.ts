import { type ActionPattern, actionsCover, actionsIntersect, serviceOf } from './action-pattern.ts';

/** What may still be spent on one document; spent when it is below zero. */
export interface Work {
  left: number;
}

interface Bucket {
  /** Patterns without wildcards. */
  literals: ActionPattern[];
  literalsByName: Map<string, ActionPattern[]>;
  others: ActionPattern[];
  /** Positions in `literals`, in the order of their names; made when first asked for. */
  sorted?: number[];
}

const NONE: readonly never[] = [];

/** Many patterns, sorted by service and name so that most questions touch few of them. */
export class PatternSet {
  /** All characters of the patterns together. */
  readonly size: number;
  private readonly patterns: readonly ActionPattern[];
  private readonly buckets = new Map<string, Bucket>();
  private readonly anyService: ActionPattern[] = [];
  /** There is the pattern `*`, which is the only one without a service that provably covers anything. */
  private coversAll = false;

  constructor(patterns: readonly ActionPattern[]) {
    this.patterns = patterns;
    let size = 0;
    for (const pattern of patterns) {
      size += pattern.whole.text.length;
      if (pattern.possible) this.add(pattern);
    }
    this.size = size;
  }

  /**
   * The patterns that have an action in common with this one.
   *
   * @param work is charged with the comparisons
   */
  intersecting(pattern: ActionPattern, work: Work): ActionPattern[] {
    const found: ActionPattern[] = [];
    for (const patterns of this.candidatesFor(pattern)) {
      work.left -= patterns.length;
      for (const other of patterns) if (actionsIntersect(other, pattern)) found.push(other);
    }
    return found;
  }

  /** @param work is charged with as many as there are */
  all(work: Work): readonly ActionPattern[] {
    work.left -= this.patterns.length;
    return this.patterns;
  }

  intersects(pattern: ActionPattern): boolean {
    return this.candidatesFor(pattern).some((patterns) =>
      patterns.some((other) => actionsIntersect(other, pattern)),
    );
  }

  /** Does one of the patterns provably cover this one entirely? */
  covers(pattern: ActionPattern): boolean {
    if (this.coversAll) return true;
    const bucket = this.buckets.get(serviceOf(pattern) ?? '');
    if (!bucket) return false;
    if (isLiteral(pattern) && bucket.literalsByName.has(pattern.name?.text ?? '')) return true;
    return bucket.others.some((other) => actionsCover(other, pattern));
  }

  private add(pattern: ActionPattern): void {
    const service = serviceOf(pattern);
    if (service === undefined) {
      this.anyService.push(pattern);
      this.coversAll ||= pattern.whole.text === '*';
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
  private candidatesFor(pattern: ActionPattern): (readonly ActionPattern[])[] {
    const candidates: (readonly ActionPattern[])[] = this.anyService.length > 0 ? [this.anyService] : [];
    const service = serviceOf(pattern);
    const add = (bucket: Bucket) => {
      candidates.push(literalsFor(pattern, bucket));
      if (bucket.others.length > 0) candidates.push(bucket.others);
    };
    if (service === undefined) for (const bucket of this.buckets.values()) add(bucket);
    else {
      const bucket = this.buckets.get(service);
      if (bucket) add(bucket);
    }
    return candidates;
  }
}

/** The literals of the bucket that begin as the pattern does, in their order. */
function literalsFor(pattern: ActionPattern, bucket: Bucket): readonly ActionPattern[] {
  const name = pattern.name;
  if (!name) return bucket.literals;
  if (isLiteral(pattern)) return bucket.literalsByName.get(name.text) ?? NONE;
  if (name.lead === '') return bucket.literals;
  const { literals } = bucket;
  const sorted = sortedOf(bucket);
  const from = firstNotBefore(bucket, name.lead);
  let to = from;
  while (to < sorted.length && nameAt(bucket, to).startsWith(name.lead)) to++;
  const positions = sorted.slice(from, to).sort((a, b) => a - b);
  return positions.map((position) => literals[position] as ActionPattern);
}

/** Where the sorted names are no longer less than this one. */
function firstNotBefore(bucket: Bucket, name: string): number {
  let low = 0;
  let high = bucket.literals.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (nameAt(bucket, middle) < name) low = middle + 1;
    else high = middle;
  }
  return low;
}

function nameAt(bucket: Bucket, index: number): string {
  return bucket.literals[sortedOf(bucket)[index] as number]?.name?.text ?? '';
}

function sortedOf(bucket: Bucket): number[] {
  bucket.sorted ??= sortByName(bucket.literals);
  return bucket.sorted;
}

function sortByName(literals: readonly ActionPattern[]): number[] {
  const names = literals.map(({ name }) => name?.text ?? '');
  const order = (a: number, b: number) => ((names[a] as string) < (names[b] as string) ? -1 : 1);
  return names.map((_, position) => position).sort(order);
}

/** True when the pattern is one action, without wildcards. */
export function isLiteral(pattern: ActionPattern): boolean {
  return pattern.possible && pattern.whole.literal;
}
