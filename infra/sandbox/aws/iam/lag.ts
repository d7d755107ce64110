import type { Draw } from '../../faults/draws.ts';
import type { Operation, Service } from '../front-door/service.ts';
import type { IamState, ManagedPolicy } from './state.ts';

/** How far reads lag behind writes. */
export interface Lag {
  /** The longest, in milliseconds; each read draws its own, from none up to this. */
  mostMs: number;
}

/** IAM as it was until somebody wrote. */
interface Past {
  until: number;
  state: IamState;
  /** Made when it is first read. */
  service?: Service;
}

interface LagOptions {
  operationsOver: (state: IamState) => Service;
  draw: Draw;
  /** A clock that nobody sets. */
  elapsedMs: () => number;
}

const isRead = (operation: string) => /^(Get|List)/.test(operation);

/**
 * IAM whose reads may show what was there before the latest writes ("changes that I make are not always immediately
 * visible", IAM User Guide): each read by itself, so that one may show what the next does not show any more. Writes
 * see everything.
 */
export function lagging(
  state: IamState,
  { operationsOver, draw, elapsedMs }: LagOptions,
): { lag: Lag; service: Service } {
  const lag: Lag = { mostMs: 0 };
  let pasts: Past[] = [];
  const current = operationsOver(state);

  const write: (operation: Operation) => Operation = (operation) => (input, caller) => {
    if (lag.mostMs === 0) return operation(input, caller);
    const now = elapsedMs();
    pasts = [...pasts.filter(({ until }) => until > now - lag.mostMs), { until: now, state: copyOf(state) }];
    return operation(input, caller);
  };
  const read: (name: string, operation: Operation) => Operation = (name, operation) => (input, caller) => {
    const seenAt = elapsedMs() - Math.floor(draw() * (lag.mostMs + 1));
    const past = pasts.find(({ until }) => until > seenAt);
    if (lag.mostMs === 0 || past === undefined) return operation(input, caller);
    past.service ??= operationsOver(past.state);
    return (past.service[name] ?? operation)(input, caller);
  };
  return {
    lag,
    service: Object.fromEntries(
      Object.entries(current).map(([name, operation]) => [
        name,
        isRead(name) ? read(name, operation) : write(operation),
      ]),
    ),
  };
}

/** What AWS manages never changes, and stays shared. */
function copyOf({ accountId, alias, now, policies, users, groups, roles }: IamState): IamState {
  const own = [...policies].filter(([, { awsManaged }]) => !awsManaged);
  const aws = [...policies].filter(([, { awsManaged }]) => awsManaged);
  // In one go, so that a group's members are the copied users.
  const copied = structuredClone({ own: new Map<string, ManagedPolicy>(own), users, groups, roles });
  return { ...copied, accountId, alias, now, policies: new Map([...aws, ...copied.own]) };
}
