import type { IamWriter } from '../../workflow/account/iam/iam.ts';
import { createLedgerLookups } from '../../workflow/containment/ledger-lookups.ts';
import { type ContainmentTools, HELP_LIMITS } from '../../workflow/containment/tasks.ts';
import type { Exemption } from '../../workflow/events/exemptions/exemption.ts';
import type { Mode, RestrictedAction } from '../../workflow/inspection/finding.ts';
import { compare } from '../../workflow/inventory/compare.ts';
import { seenIn } from '../../workflow/inventory/seen.ts';
import type { Decision } from '../../workflow/ledger/request.ts';
import type { Settings } from '../../workflow/runtime/settings/schema.ts';
import { discard } from '../../workflow/steps/discard.ts';
import { inspect } from '../../workflow/steps/inspect.ts';
import { look } from '../../workflow/steps/look.ts';
import type { FailedInspection, Judgement, Quarantined } from '../../workflow/steps/payloads.ts';
import { quarantine } from '../../workflow/steps/quarantine.ts';
import { toRequest } from '../../workflow/steps/record.ts';
import { type Ending, restore } from '../../workflow/steps/restore.ts';
import { evaluate } from '../../workflow/steps/review.ts';
import { FakeLedger } from './fake-ledger.ts';
import { ACCOUNT, CONTAIN_ROLE_ARN } from './fixture-events.ts';
import { FakeIam } from './iam-in-memory.ts';

export const NOW = new Date('2026-03-02T09:15:05.000Z');
export const RESTRICTED = [{ pattern: 's3:DeleteBucket' }, { pattern: 's3:DeleteObject' }];

/** As in the state machine: one try and six retries. */
const TRIES = 7;

interface LogLine {
  level: string;
  message: string;
  fields: Record<string, unknown>;
}

/** The steps over an IAM and a ledger in memory, run and retried as the state machine does, without its waits. */
export class Guard {
  readonly iam = new FakeIam();
  /** Another IAM than the one in memory. */
  over: IamWriter | undefined;
  readonly ledger = new FakeLedger();
  readonly logged: LogLine[] = [];
  attachments: Settings['ATTACHMENTS'] = 'ask-unless-approved';
  notifyAllowed = false;
  restricted: RestrictedAction[] = RESTRICTED;
  mode: Mode = 'enforce';
  exemptions: Exemption[] = [];
  /** Called in each of the guard's waits: what others do meanwhile. */
  meanwhile: () => void = () => {};
  now = NOW;
  /** What the execution is called; its number unless set. */
  executionName?: string;
  private executions = 0;

  inspect(event: unknown): Promise<Judgement> {
    const { exemptions, notifyAllowed } = this;
    return inspect(event, { ...this.rules(), exemptions, notifyAllowed }, this.tools());
  }

  /** One try of the Quarantine step. */
  tryQuarantine(state: Judgement | FailedInspection, retryCount = 0): Promise<Quarantined> {
    const executionArn = `arn:aws:states:us-east-1:123456789012:execution:guard:${this.executionName ?? this.executions}`;
    return quarantine({ state, executionArn, retryCount }, this.rules(), this.tools());
  }

  /** Where Inspect has failed. */
  look(event: unknown): Promise<FailedInspection> {
    const { exemptions, notifyAllowed } = this;
    const failed: FailedInspection = {
      ...{ verdict: 'restricted', event, failure: { Error: 'States.Timeout', Cause: 'It took too long.' } },
    };
    return look(failed, { ...this.rules(), exemptions, notifyAllowed }, this.tools());
  }

  quarantine(state: Judgement | FailedInspection): Promise<Quarantined> {
    return retried((retryCount) => this.tryQuarantine(state, retryCount));
  }

  /** From the event to the end, or to a request that waits. */
  async handle(event: unknown): Promise<{ end: string; detail: string; requestId: string }> {
    this.executions += 1;
    const judgement = await this.inspect(event);
    const requestId = judgement.change?.requestId ?? '';
    if (judgement.verdict !== 'restricted')
      return { end: judgement.verdict, detail: judgement.reason, requestId };
    const quarantined = await this.quarantine(judgement);
    return { ...(await this.record(quarantined)), requestId };
  }

  async record(quarantined: Quarantined): Promise<{ end: string; detail: string }> {
    const { status, detail } = quarantined;
    if (status !== 'quarantined') return { end: status, detail };
    const result = await this.ledger.record(toRequest(quarantined, NOW, 3600));
    return { end: result.status === 'recorded' ? 'waiting' : 'duplicate', detail };
  }

  /** Decides, and carries the decision out. */
  async decide(requestId: string, decision: Decision['decision']): Promise<Ending> {
    this.ledger.decide(requestId, decision);
    const ending = await this.carryOut(requestId, decision === 'approved' ? restore : discard);
    this.ledger.close(requestId, ending.outcome);
    return ending;
  }

  carryOut(requestId: string, step: typeof restore | typeof discard): Promise<Ending> {
    return retried((retryCount) => step(requestId, retryCount, this.ledger, this.tools()));
  }

  /** The inventory learns what is in force, as by a sweep that asks about nothing. */
  sweep({ isFirst = false } = {}): void {
    for (const seen of seenIn(this.iam.wholeAccount(), ACCOUNT)) {
      const entry = compare(seen, this.ledger.inventory.get(seen.name), {
        at: NOW.toISOString(),
        shownAt: NOW.toISOString(),
        evaluate: (document) => evaluate(document, this.rules()),
        isStock: () => isFirst,
      });
      this.ledger.inventory.set(seen.name, entry);
    }
  }

  private rules() {
    const { restricted, mode, attachments } = this;
    return { restricted, mode, attachments, containRoleArn: CONTAIN_ROLE_ARN };
  }

  tools(): ContainmentTools {
    const line =
      (level: string) =>
      (message: string, fields: Record<string, unknown> = {}) => {
        this.logged.push({ level, message, fields });
      };
    const log = { debug: line('debug'), info: line('info'), warn: line('warn'), error: line('error') };
    return {
      iam: this.over ?? this.iam.writer(),
      lookups: createLedgerLookups(this.ledger, 20, log),
      limits: HELP_LIMITS,
      ledger: this.ledger,
      evaluate: (document) => evaluate(document, this.rules()),
      pause: async () => this.meanwhile(),
      now: () => this.now,
      log,
    };
  }
}

async function retried<T>(attempt: (retryCount: number) => Promise<T>): Promise<T> {
  for (let retryCount = 0; retryCount < TRIES - 1; retryCount++) {
    try {
      return await attempt(retryCount);
    } catch {
      // The state machine waits here, then tries again; the last try's error is its own.
    }
  }
  return attempt(TRIES - 1);
}
