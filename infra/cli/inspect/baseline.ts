import { readFileSync } from 'node:fs';
import * as z from '../../../workflow/runtime/zod.ts';
import type { Answer } from './judge.ts';
import { UsageError } from './usage-error.ts';

const finding = z.looseObject({
  restricted: z.string(),
  grantedBy: z.string(),
  resources: z.array(z.string()),
  condition: z.optional(z.string()),
});

/** One line of what `--format json` prints. */
const line = z.looseObject({
  source: z.string(),
  restricted: z.boolean(),
  findings: z.array(finding),
  unreadable: z.optional(z.string()),
  policy: z.optional(z.string()),
  eventID: z.optional(z.string()),
});

type Line = z.output<typeof line>;

/**
 * What an earlier run found. A finding is known by what it grants and whose it is, not by where in the file it stands,
 * and as often as it was found then.
 */
export class Baseline {
  private readonly known = new Map<string, number>();

  /** @param text what an earlier run printed with `--format json` */
  constructor(text: string) {
    for (const written of text.split('\n')) {
      if (written.trim() !== '') for (const key of keysOf(line.parse(JSON.parse(written)))) this.add(key);
    }
  }

  /** @throws UsageError when there is no such file, or it is something else */
  static read(file: string): Baseline {
    try {
      return new Baseline(readFileSync(file, 'utf8'));
    } catch (cause) {
      const reason =
        cause instanceof SyntaxError || cause instanceof z.core.$ZodError
          ? 'it is not what --format json prints'
          : (cause as Error).message;
      throw new UsageError(`--baseline: ${file} can't be used: ${reason}.`, { cause });
    }
  }

  /**
   * Leaves out of an answer what the earlier run found too.
   *
   * @returns undefined when nothing of what is restricted is new
   */
  newIn(source: string, answer: Answer): Answer | undefined {
    if (!answer.restricted) return answer;
    const told = { ...answer, source, eventID: answer.event?.eventID };
    const findings = answer.findings.filter((each) => this.takes(keyOf(told, each)));
    const { unreadable, ...rest } = answer;
    const isUnreadable = unreadable !== undefined && this.takes(keyOf(told, { unreadable }));
    if (findings.length === 0 && !isUnreadable) return undefined;
    return { ...rest, findings, ...(isUnreadable && { unreadable }) };
  }

  private add(key: string): void {
    this.known.set(key, (this.known.get(key) ?? 0) + 1);
  }

  /** @returns whether it is new; what is known is used up */
  private takes(key: string): boolean {
    const left = this.known.get(key) ?? 0;
    if (left > 0) this.known.set(key, left - 1);
    return left === 0;
  }
}

type Whose = Pick<Line, 'source' | 'policy' | 'eventID'>;

function keysOf(told: Line): string[] {
  const keys = told.findings.map((each) => keyOf(told, each));
  if (told.unreadable !== undefined) keys.push(keyOf(told, { unreadable: told.unreadable }));
  return keys;
}

function keyOf({ source, policy, eventID }: Whose, what: object): string {
  const { restricted, grantedBy, resources, condition, unreadable } = what as Partial<
    Line['findings'][number]
  >;
  const whose = eventID ?? [source.replace(/#\d+$/, ''), policy];
  return JSON.stringify([whose, restricted, grantedBy, resources, condition, unreadable]);
}
