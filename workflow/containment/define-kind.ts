import type { Target } from '../events/change.ts';
import type { ChangeKind, KindOf } from './change-kind.ts';

/** A change whose target is not of its kind's type: it was not made by `parseChange`. */
export class WrongTargetError extends Error {
  override name = 'WrongTargetError';
}

/** Makes a kind that is written for one type of target usable for any change, and checks that the two fit. */
export function defineKind<T extends Target>(kind: KindOf<T>): ChangeKind {
  const fits = (target: Target): target is T => target.type === kind.targetType;
  const target = (candidate: Target): T => {
    if (fits(candidate)) return candidate;
    throw new WrongTargetError(`A ${kind.eventName} change cannot have the target ${candidate.type}.`);
  };
  const narrow = <C extends { target: Target }>(change: C) => ({ ...change, target: target(change.target) });
  return {
    eventName: kind.eventName,
    targetType: kind.targetType,
    read: (record) => kind.read(record),
    readDocument: (iam, candidate) => kind.readDocument(iam, target(candidate)),
    approvalKeys: (change) => kind.approvalKeys(narrow(change)),
    readBefore: (change, containment, iam) => kind.readBefore(narrow(change), containment, iam),
    quarantine: (task, tools) => kind.quarantine({ ...task, change: narrow(task.change) }, tools),
    restore: (task, tools) => kind.restore({ ...task, change: narrow(task.change) }, tools),
    discard: (task, tools) => kind.discard({ ...task, change: narrow(task.change) }, tools),
  };
}
