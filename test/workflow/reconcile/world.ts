import {
  type Between,
  type CloudTrailReader,
  CloudTrailUnavailableError,
  type LookUpKey,
} from '../../../workflow/account/cloudtrail/cloud-trail.ts';
import type { Subscription } from '../../../workflow/account/sns/subscriptions.ts';
import type { CloudTrailRecord } from '../../../workflow/events/cloudtrail-record.ts';
import type { Ledger } from '../../../workflow/ledger/ledger.ts';
import type { Execution, Executions } from '../../../workflow/reconcile/executions.ts';
import type { ReconcileTools } from '../../../workflow/reconcile/tools.ts';
import { WAITS } from '../../../workflow/reconcile/waits.ts';

export const CONTAIN_ROLE = 'arn:aws:iam::123456789012:role/contain';

/** CloudTrail's event history in memory. */
class FakeCloudTrail implements CloudTrailReader {
  records: CloudTrailRecord[] = [];
  isAway = false;

  async *lookUp(key: LookUpKey, value: string, between?: Between) {
    if (this.isAway) throw new CloudTrailUnavailableError('CloudTrail did not answer.');
    for (const record of this.records.toReversed()) {
      const at = Date.parse(record.eventTime);
      const isIn = between === undefined || (at >= between.from.getTime() && at <= between.to.getTime());
      if (isIn && valuesOf(record)[key].includes(value)) yield record;
    }
  }
}

function valuesOf(record: CloudTrailRecord): Record<LookUpKey, unknown[]> {
  return {
    EventId: [record.eventID],
    EventName: [record.eventName],
    Username: [record.userIdentity?.userName],
    ResourceName: Object.values({
      ...record.requestParameters,
      ...(record.responseElements?.policy as object),
    }),
  };
}

const MACHINE = 'arn:aws:states:us-east-1:123456789012:execution:policy-guard';

/** Step Functions in memory, with a clock that is moved by hand. */
export class FakeMachine implements Executions {
  readonly all = new Map<string, Execution>();
  readonly started: string[] = [];
  readonly delivered: string[] = [];
  now = new Date('2026-03-01T13:00:00.000Z');
  private readonly endedAt = new Map<string, Date>();
  /** What CloudTrail shows. */
  readonly cloudTrail = new FakeCloudTrail();
  readonly counted: string[] = [];
  subscriptions: Subscription[] = [];
  /** Nothing counts as forged by itself. */
  patienceMs = Number.POSITIVE_INFINITY;
  /** Executions that are not shown yet. */
  unseen = new Set<string>();

  /** Nobody guesses here. */
  unguessable(name: string): string {
    return name;
  }

  arnOf(name: string): string {
    return `${MACHINE}:${name}`;
  }

  async start(name: string, input: string): Promise<string> {
    const arn = this.arnOf(name);
    if (!this.all.has(arn)) {
      this.started.push(name);
      this.all.set(arn, { arn, name, status: 'RUNNING', input });
    }
    return arn;
  }

  /** An execution that has ended, or runs. */
  put(name: string, status: string, input: object = {}, error?: string): string {
    const arn = this.arnOf(name);
    this.endedAt.set(arn, this.now);
    this.all.set(arn, { arn, name, status, input: JSON.stringify(input), ...(error && { error }) });
    return arn;
  }

  end(name: string, status: string, error?: string): void {
    const execution = this.all.get(this.arnOf(name));
    this.endedAt.set(this.arnOf(name), this.now);
    if (execution) this.all.set(execution.arn, { ...execution, status, ...(error && { error }) });
  }

  async running() {
    return new Set(this.with('RUNNING'));
  }

  async endedBadly(since: Date) {
    const ended = [...this.with('FAILED'), ...this.with('TIMED_OUT'), ...this.with('ABORTED')];
    return ended.filter((arn) => (this.endedAt.get(arn) ?? this.now) >= since);
  }

  async describe(arn: string) {
    return this.unseen.has(arn) ? undefined : this.all.get(arn);
  }

  pass(minutes: number): void {
    this.now = new Date(this.now.getTime() + minutes * 60_000);
  }

  tools(ledger: Ledger): ReconcileTools {
    const quiet = () => {};
    // Step Functions takes a token once.
    const deliver = async (token: string) => {
      if (this.delivered.includes(token)) return 'closed';
      this.delivered.push(token);
      return 'delivered';
    };
    return {
      ...{ ledger, executions: this, waits: WAITS, now: () => this.now },
      callbacks: { succeed: deliver, fail: deliver },
      cloudTrail: this.cloudTrail,
      ...{ patienceMs: this.patienceMs, approvalsRequired: 1, containRoleArn: CONTAIN_ROLE },
      metrics: {
        cloudTrailAway: () => this.counted.push('CloudTrailAway'),
        sinceSweep: (minutes) => this.counted.push(`MinutesSinceSweep ${minutes}`),
        strangersSubscribed: (count) => this.counted.push(`StrangersSubscribed ${count}`),
      },
      subscriptions: async () => this.subscriptions,
      adminEmail: 'security@example.com',
      log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
    };
  }

  private with(status: string): string[] {
    return [...this.all.values()].filter((one) => one.status === status).map(({ arn }) => arn);
  }
}
