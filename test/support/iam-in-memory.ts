import {
  type Holder as HolderFacts,
  type IamWriter,
  LimitExceededError,
  type Member,
  NotFoundError,
  UnmodifiableError,
} from '../../workflow/account/iam/iam.ts';
import { versionNumber } from '../../workflow/account/iam/version-number.ts';
import type { WholeAccount } from '../../workflow/account/iam/whole-account.ts';
import type { Entity } from '../../workflow/events/change.ts';

const MOST_VERSIONS = 5;

/** Characters without white space: of one managed policy, and of all inline policies of one holder. */
const MANAGED_CHARACTERS = 6_144;
const INLINE_CHARACTERS: Readonly<Record<Entity, number>> = { user: 2_048, group: 5_120, role: 10_240 };

const ID_PREFIX: Readonly<Record<Entity, string>> = { user: 'AIDA', group: 'AGPA', role: 'AROA' };

export const TRUST =
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"ec2.amazonaws.com"},"Action":"sts:AssumeRole"}]}';

const CREATED_AT = '2026-01-01T00:00:00.000Z';

interface Policy {
  id: string;
  versions: Map<string, string>;
  defaultVersionId: string;
  /** Version numbers are never given again, also not after a deletion. */
  newest: number;
}

interface Holder {
  id: string;
  /** `/`, or where AWS keeps its own roles. */
  path: string;
  trust: string;
  /** Names of users, of a group. */
  members: Set<string>;
  inline: Map<string, string>;
  attached: Set<string>;
}

/** The default version cannot be deleted; neither can an AWS managed policy be written. */
class DeleteConflictError extends Error {
  override name = 'DeleteConflictException';
}

/** What the one who calls sees of a call that the network or a crash cut short. */
export class LostCallError extends Error {
  override name = 'LostCallError';
}

/** `before`: the call never arrived. `after`: it took effect, and nobody heard of it. */
export interface Fault {
  /** Which of the guard's calls from now on, from 1. */
  call: number;
  when: 'before' | 'after';
}

/**
 * IAM in memory, refusing what IAM refuses. The guard goes through `writer`, where calls are kept and may fail;
 * requesters and tests use the other methods.
 */
export class FakeIam {
  readonly policies = new Map<string, Policy>();
  readonly holders = new Map<string, Holder>();
  /** The guard's calls, e.g. `setDefaultPolicyVersion arn v1`. */
  calls: string[] = [];
  /** What the account calls itself. */
  alias: string | undefined;
  /** Calls of this name never answer. */
  silent: keyof IamWriter | undefined;
  /** What a control policy, a boundary or IAM itself refuses the guard, by the call as it stands in `calls`. */
  refuse: (call: string) => Error | undefined = () => undefined;
  /** Whether documents may be as long as they like. */
  unlimited = false;
  private ids = 0;
  private fault: Fault | undefined;
  private stale: { reads: number; iam: FakeIam } | undefined;

  createPolicy(arn: string, document: string): string {
    if (this.policies.has(arn)) throw new Error(`EntityAlreadyExists: ${arn}`);
    this.checkLength(document, MANAGED_CHARACTERS);
    const versions = new Map([['v1', document]]);
    this.policies.set(arn, { id: this.nextId('ANPA'), versions, defaultVersionId: 'v1', newest: 1 });
    return 'v1';
  }

  createVersion(arn: string, document: string, setAsDefault = true): string {
    const policy = this.policy(arn);
    if (policy.versions.size >= MOST_VERSIONS) throw new LimitExceededError(`${arn} has five versions.`);
    this.checkLength(document, MANAGED_CHARACTERS);
    policy.newest += 1;
    const versionId = `v${policy.newest}`;
    policy.versions.set(versionId, document);
    if (setAsDefault) policy.defaultVersionId = versionId;
    return versionId;
  }

  setDefault(arn: string, versionId: string): void {
    this.version(arn, versionId);
    this.policy(arn).defaultVersionId = versionId;
  }

  deleteVersion(arn: string, versionId: string): void {
    this.version(arn, versionId);
    const policy = this.policy(arn);
    if (policy.defaultVersionId === versionId) throw new DeleteConflictError(`${versionId} is the default.`);
    policy.versions.delete(versionId);
  }

  deletePolicy(arn: string): void {
    this.policy(arn);
    this.policies.delete(arn);
  }

  createHolder(entity: Entity, name: string, { path = '/', trust = TRUST } = {}): void {
    this.holders.set(holderKey(entity, name), {
      id: this.nextId(ID_PREFIX[entity]),
      path,
      trust,
      members: new Set(),
      inline: new Map(),
      attached: new Set(),
    });
  }

  deleteHolder(entity: Entity, name: string): void {
    this.holder(entity, name);
    this.holders.delete(holderKey(entity, name));
  }

  putInline(entity: Entity, name: string, policyName: string, document: string): void {
    const { inline } = this.holder(entity, name);
    const others = [...inline].filter(([other]) => other !== policyName).map(([, text]) => text);
    this.checkLength([...others, document].join(''), INLINE_CHARACTERS[entity]);
    inline.set(policyName, document);
  }

  getInline(entity: Entity, name: string, policyName: string): string {
    return found(this.holder(entity, name).inline.get(policyName), `${policyName} of ${entity} ${name}`);
  }

  deleteInline(entity: Entity, name: string, policyName: string): void {
    this.getInline(entity, name, policyName);
    this.holder(entity, name).inline.delete(policyName);
  }

  attach(entity: Entity, name: string, arn: string): void {
    const { attached } = this.holder(entity, name);
    this.policy(arn);
    attached.add(arn);
  }

  detach(entity: Entity, name: string, arn: string): void {
    if (!this.holder(entity, name).attached.delete(arn)) throw new NotFoundError(`${arn} is not attached.`);
  }

  policy(arn: string): Policy {
    return found(this.policies.get(arn), arn);
  }

  version(arn: string, versionId: string): string {
    return found(this.policy(arn).versions.get(versionId), `${versionId} of ${arn}`);
  }

  holder(entity: Entity, name: string): Holder {
    return found(this.holders.get(holderKey(entity, name)), `${entity} ${name}`);
  }

  /** As `GetAccountAuthorizationDetails` shows it. */
  wholeAccount(): WholeAccount {
    return {
      policies: [...this.policies].map(([arn, { id, defaultVersionId: versionId }]) => ({
        ...{ id, arn, madeAt: CREATED_AT, versionId, createdAt: CREATED_AT, document: this.inForce(arn) },
      })),
      holders: [...this.holders].map(([key, { id, trust, inline, attached }]) => {
        const [kind, name = ''] = key.split('/') as [Entity, string];
        return {
          ...{ kind, id, name, arn: `arn:aws:iam::123456789012:${key}`, createdAt: CREATED_AT, groups: [] },
          ...(kind === 'role' && { trust }),
          inline: [...inline].map(([policyName, document]) => ({ policyName, document })),
          attached: [...attached],
        };
      }),
    };
  }

  /** The document in force of a policy. */
  inForce(arn: string): string {
    return this.version(arn, this.policy(arn).defaultVersionId);
  }

  /** The one call of the guard that fails; the count starts now. */
  failAt(fault: Fault | undefined): void {
    this.calls = [];
    this.fault = fault;
  }

  /** The guard's next reads answer what is true now, whatever is written meanwhile. */
  lag(reads: number): void {
    this.stale = { reads, iam: this.copy() };
  }

  /** IAM as the guard sees it. */
  writer(): IamWriter {
    return {
      getDefaultVersionId: (arn) =>
        this.read(`getDefaultVersionId ${arn}`, (iam) => iam.policy(arn).defaultVersionId),
      getPolicy: (arn) => this.read(`getPolicy ${arn}`, (iam) => ({ id: iam.policy(arn).id, arn })),
      getHolder: (entity, name) =>
        this.read(`getHolder ${entity} ${name}`, (iam) => iam.holderFacts(entity, name)),
      findName: (entity, id) => this.read(`findName ${id}`, (iam) => iam.nameOf(entity, id)),
      getPolicyVersion: (arn, id) =>
        this.read(`getPolicyVersion ${arn} ${id}`, (iam) => iam.version(arn, id)),
      listPolicyVersions: (arn) =>
        this.read(`listPolicyVersions ${arn}`, (iam) => listVersions(iam.policy(arn))),
      getInlinePolicy: (entity, name, policy) =>
        this.read(`getInlinePolicy ${name} ${policy}`, (iam) => iam.getInline(entity, name, policy)),
      isAttached: (entity, name, arn) =>
        this.read(`isAttached ${name} ${arn}`, (iam) => iam.holder(entity, name).attached.has(arn)),
      listAttachedTo: (arn) => this.read(`listAttachedTo ${arn}`, (iam) => iam.attachedTo(arn)),
      getUserAge: (name) =>
        this.read(`getUserAge ${name}`, () => ({
          userId: `AIDA${name}`,
          createdAt: '2020-01-01T00:00:00.000Z',
          accessKeys: [],
        })),
      getAccountAlias: () => this.read('getAccountAlias', (iam) => iam.alias),
      listHolders: (arn) => this.read(`listHolders ${arn}`, (iam) => iam.holdersOf(arn)),
      listInlinePolicies: (entity) =>
        this.read(`listInlinePolicies ${entity}`, (iam) => iam.inlinePolicies(entity)),
      listDefaultVersions: () => this.read('listDefaultVersions', (iam) => iam.defaultVersions()),
      createDefaultPolicyVersion: (arn, document) =>
        this.call(`createDefaultPolicyVersion ${arn}`, () => this.createVersion(arn, document)),
      setDefaultPolicyVersion: (arn, id) =>
        this.call(`setDefaultPolicyVersion ${arn} ${id}`, () => this.setDefault(arn, id)),
      deletePolicyVersion: (arn, id) =>
        this.call(`deletePolicyVersion ${arn} ${id}`, () => this.deleteVersion(arn, id)),
      putInlinePolicy: (entity, name, policy, document) =>
        this.write(entity, name, `putInlinePolicy ${name} ${policy}`, () =>
          this.putInline(entity, name, policy, document),
        ),
      deleteInlinePolicy: (entity, name, policy) =>
        this.write(entity, name, `deleteInlinePolicy ${name} ${policy}`, () =>
          this.deleteInline(entity, name, policy),
        ),
      attach: (entity, name, arn) =>
        this.write(entity, name, `attach ${name} ${arn}`, () => this.attach(entity, name, arn)),
      detach: (entity, name, arn) =>
        this.write(entity, name, `detach ${name} ${arn}`, () => this.detach(entity, name, arn)),
    };
  }

  private holderFacts(entity: Entity, name: string): HolderFacts {
    const { id, path, trust, members } = this.holder(entity, name);
    const arn = `arn:aws:iam::123456789012:${entity}${path}${name}`;
    const facts = { id, arn, createdAt: '2020-01-01T00:00:00.000Z' };
    if (entity === 'role') return { ...facts, trust };
    if (entity === 'user') return facts;
    return { ...facts, members: [...members].map((user) => ({ name: `user/${user}`, id: `AIDA-${user}` })) };
  }

  private nameOf(entity: Entity, id: string): string | undefined {
    const [key] =
      [...this.holders].find(([name, holder]) => name.startsWith(`${entity}/`) && holder.id === id) ?? [];
    return key?.slice(entity.length + 1);
  }

  private holdersOf(arn: string): Member[] {
    this.policy(arn);
    return [...this.holders]
      .filter(([, { attached }]) => attached.has(arn))
      .map(([name, { id }]) => ({ name, id }));
  }

  private attachedTo(arn: string): string[] {
    this.policy(arn);
    return [...this.holders].filter(([, { attached }]) => attached.has(arn)).map(([key]) => key);
  }

  private inlinePolicies(entity: Entity) {
    return [...this.holders]
      .filter(([key]) => key.startsWith(`${entity}/`))
      .flatMap(([key, { inline }]) =>
        [...inline].map(([policyName, document]) => ({
          entityName: key.slice(entity.length + 1),
          policyName,
          document,
        })),
      );
  }

  private defaultVersions() {
    return [...this.policies].flatMap(([policyArn, policy]) =>
      listVersions(policy)
        .filter(({ isDefault }) => isDefault)
        .map(({ versionId, createdAt }) => {
          return { policyArn, versionId, createdAt, document: this.version(policyArn, versionId) };
        }),
    );
  }

  private read<T>(name: string, answer: (iam: FakeIam) => T): Promise<T> {
    const stale = this.stale !== undefined && this.stale.reads-- > 0 ? this.stale.iam : this;
    return this.call(name, () => answer(stale));
  }

  /** What AWS itself owns can be changed by nobody else. */
  private write(entity: Entity, name: string, call: string, effect: () => void): Promise<void> {
    return this.call(call, () => {
      const { path } = this.holder(entity, name);
      if (/^\/aws-(reserved|service-role)\//.test(path)) throw new UnmodifiableError(`${name} is AWS's own.`);
      effect();
    });
  }

  private checkLength(document: string, most: number): void {
    if (this.unlimited || document.replace(/\s/g, '').length <= most) return;
    throw new LimitExceededError(`Cannot exceed quota for PolicySize: ${most}`);
  }

  private nextId(prefix: string): string {
    this.ids += 1;
    return `${prefix}${this.ids}`;
  }

  private async call<T>(name: string, effect: () => T): Promise<T> {
    this.calls.push(name);
    const refusal = this.refuse(name);
    if (refusal !== undefined) throw refusal;
    if (name.split(' ')[0] === this.silent) return new Promise(() => {});
    const hit = this.fault?.call === this.calls.length ? this.fault : undefined;
    if (hit?.when === 'before') throw new LostCallError(name);
    const answer = effect();
    if (hit?.when === 'after') throw new LostCallError(name);
    return answer;
  }

  private copy(): FakeIam {
    const copy = new FakeIam();
    for (const [arn, policy] of this.policies) {
      copy.policies.set(arn, { ...policy, versions: new Map(policy.versions) });
    }
    for (const [key, holder] of this.holders) {
      const { members, inline, attached } = holder;
      copy.holders.set(key, {
        ...holder,
        members: new Set(members),
        inline: new Map(inline),
        attached: new Set(attached),
      });
    }
    return copy;
  }
}

function listVersions({ versions, defaultVersionId }: Policy) {
  return [...versions.keys()]
    .map((versionId) => ({
      versionId,
      isDefault: versionId === defaultVersionId,
      createdAt: new Date(Date.UTC(2026, 0, versionNumber(versionId))).toISOString(),
    }))
    .sort((a, b) => versionNumber(b.versionId) - versionNumber(a.versionId));
}

/** IAM's names match without regard to case. */
function holderKey(entity: Entity, name: string): string {
  return `${entity}/${name.toLowerCase()}`;
}

function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw new NotFoundError(`${what} cannot be found.`);
  return value;
}
