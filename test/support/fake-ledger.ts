import { identityOf } from '../../workflow/events/identity.ts';
import type { PackedDocument } from '../../workflow/inspection/packed-document.ts';
import type { Intent } from '../../workflow/ledger/intents.ts';
import type { InventoryEntry } from '../../workflow/ledger/inventory.ts';
import type { Ledger } from '../../workflow/ledger/ledger.ts';
import type { ApprovalRequest, Decision, Outcome } from '../../workflow/ledger/request.ts';
import type { Restart } from '../../workflow/ledger/restarts.ts';
import { targetKey } from '../../workflow/ledger/target-key.ts';

type Part =
  | 'record'
  | 'read'
  | 'readOpen'
  | 'readInventory'
  | 'listInventoryOf'
  | 'findApproval'
  | 'reviewedOn'
  | 'mayHavePutBack'
  | 'findPending'
  | 'requestsUnderReview'
  | 'versionsUnderReview'
  | 'archiveVersion'
  | 'keepIntent'
  | 'keepRename'
  | 'formerHolder'
  | 'findIntents'
  | 'readRestart'
  | 'listByTarget';

/** The ledger in memory, as far as inspection and containment need it; `down` makes every call fail. */
export class FakeLedger implements Pick<Ledger, Part> {
  readonly requests = new Map<string, ApprovalRequest>();
  /** How often another execution was given a request, where one was. */
  readonly handovers = new Map<string, number>();
  /** By the name of who holds it. */
  readonly inventory = new Map<string, InventoryEntry>();
  readonly intents = new Map<string, Intent>();
  readonly archived: { policyArn: string; versionId: string; document: PackedDocument }[] = [];
  readonly restarts = new Map<string, Restart>();
  down = false;
  /** Calls never answer. */
  silent = false;

  async record(request: ApprovalRequest) {
    await this.answer();
    if (this.requests.has(request.id)) return { status: 'duplicate', of: request.id } as const;
    const holder = request.document && (await this.findPending(keyOf(request), request.document.sha256));
    if (holder) return { status: 'duplicate', of: holder } as const;
    this.requests.set(request.id, request);
    const { createdAt, expiresAt, quarantinedAt } = request;
    return { status: 'recorded', createdAt, expiresAt, ...(quarantinedAt && { quarantinedAt }) } as const;
  }

  async read(id: string) {
    await this.answer();
    return this.requests.get(id);
  }

  async readOpen(id: string) {
    const request = await this.read(id);
    const handovers = this.handovers.get(id) ?? 0;
    return request && { request, delivered: request.decision !== undefined, handovers };
  }

  async readInventory(_kind: string, name: string) {
    await this.answer();
    return this.inventory.get(name);
  }

  async listInventoryOf(kind: InventoryEntry['kind'], ids: readonly string[]) {
    await this.answer();
    return [...this.inventory.values()].filter((entry) => entry.kind === kind && ids.includes(entry.id));
  }

  async findApproval(key: string, sha256: string) {
    await this.answer();
    const newest = this.about(key, sha256).at(-1);
    if (newest?.decision?.decision !== 'approved') return undefined;
    const { id, decision, principal, outcome } = newest;
    return {
      requestId: id,
      at: decision.at,
      by: decision.by.name,
      ...(principal && { principal }),
      carriedOut: outcome === 'approved' || outcome === 'no-room',
      makers: [identityOf(newest.change.requester)],
    };
  }

  async reviewedOn(key: string) {
    await this.answer();
    const about = [...this.requests.values()].filter((request) => keyOf(request) === key);
    return new Set(about.flatMap(({ document }) => document?.sha256 ?? []));
  }

  async mayHavePutBack(key: string, sha256: string) {
    return (await this.findApproval(key, sha256)) !== undefined;
  }

  async findPending(key: string, sha256: string) {
    await this.answer();
    return this.about(key, sha256).find(({ status }) => status === 'pending')?.id;
  }

  async requestsUnderReview(policyArn: string) {
    await this.answer();
    return [...this.requests.values()].filter(
      ({ status, change: { target } }) =>
        status !== 'closed' && target.type === 'managed-policy' && target.policyArn === policyArn,
    );
  }

  async versionsUnderReview(policyArn: string) {
    const requests = await this.requestsUnderReview(policyArn);
    return requests.flatMap(({ change: { target } }) =>
      target.type === 'managed-policy' ? [target.versionId] : [],
    );
  }

  async keepIntent(intent: Intent) {
    await this.answer();
    this.intents.set(intent.change.requestId, intent);
  }

  async keepRename() {
    await this.answer();
  }

  async formerHolder() {
    await this.answer();
    return undefined;
  }

  async findIntents(key: string, limit?: number) {
    await this.answer();
    return [...this.intents.values()]
      .filter(({ change }) => targetKey(change.accountId, change.target) === key)
      .reverse()
      .slice(0, limit);
  }

  async readRestart(root: string) {
    await this.answer();
    return this.restarts.get(root);
  }

  async listByTarget(key: string, limit: number) {
    await this.answer();
    return [...this.requests.values()]
      .filter((request) => keyOf(request) === key)
      .reverse()
      .slice(0, limit);
  }

  async archiveVersion(policyArn: string, versionId: string, document: PackedDocument) {
    await this.answer();
    this.archived.push({ policyArn, versionId, document });
  }

  decide(id: string, decision: Decision['decision']): void {
    const request = this.requests.get(id);
    if (request === undefined) throw new Error(`There is no request ${id}.`);
    const at = '2026-03-02T10:00:00.000Z';
    const via = decision === 'expired' ? 'timeout' : 'slack';
    this.requests.set(id, {
      ...request,
      status: 'decided',
      decision: { decision, by: { name: 'Robin' }, via, at },
      votes: decision === 'approved' ? [{ by: { name: 'Robin' }, via: 'slack', at }] : [],
    });
  }

  close(id: string, outcome: Outcome): void {
    const request = this.requests.get(id);
    if (request !== undefined) this.requests.set(id, { ...request, status: 'closed', outcome });
  }

  private about(key: string, sha256: string): ApprovalRequest[] {
    return [...this.requests.values()].filter(
      (request) => keyOf(request) === key && request.document?.sha256 === sha256,
    );
  }

  private async answer(): Promise<void> {
    if (this.silent) await new Promise(() => {});
    if (this.down) throw new Error('The ledger is down.');
  }
}

function keyOf({ change }: ApprovalRequest): string {
  return targetKey(change.accountId, change.target);
}
