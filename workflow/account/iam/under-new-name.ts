import type { Entity } from '../../events/change.ts';
import type { IamWriter } from './iam.ts';

/** A user or group that was given another name. */
export interface Rename {
  entity: Entity;
  formerly: string;
  now: string;
}

/** IAM, with whatever is asked for or done about the former name asked for or done about the one that it has now. */
export function underNewName(iam: IamWriter, { entity, formerly, now }: Rename): IamWriter {
  const named = (kind: Entity, name: string) =>
    kind === entity && name.toLowerCase() === formerly.toLowerCase() ? now : name;
  return {
    ...iam,
    getHolder: (kind, name) => iam.getHolder(kind, named(kind, name)),
    getInlinePolicy: (kind, name, policy) => iam.getInlinePolicy(kind, named(kind, name), policy),
    isAttached: (kind, name, arn) => iam.isAttached(kind, named(kind, name), arn),
    putInlinePolicy: (kind, name, policy, text) => iam.putInlinePolicy(kind, named(kind, name), policy, text),
    deleteInlinePolicy: (kind, name, policy) => iam.deleteInlinePolicy(kind, named(kind, name), policy),
    attach: (kind, name, arn) => iam.attach(kind, named(kind, name), arn),
    detach: (kind, name, arn) => iam.detach(kind, named(kind, name), arn),
  };
}
