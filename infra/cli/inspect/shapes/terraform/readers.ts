import type { Reader } from '../reader.ts';
import { field, plain, textField } from '../tree.ts';
import { type Block, block, list } from './block.ts';
import { PlanConfiguration } from './configuration.ts';
import { partsOf, type Resource } from './policies.ts';

const plan: Reader = {
  name: 'a Terraform plan',
  recognises: (value) =>
    Array.isArray(field(value, 'resource_changes')) || field(value, 'planned_values') !== undefined,
  *reads(value, piece) {
    const given = block(plain(value));
    const resources = new Map<string, Resource>();
    for (const each of [
      ...changed(given),
      ...modules(given.planned_values),
      ...modules(block(given.prior_state).values, true),
    ]) {
      if (!resources.has(each.address)) resources.set(each.address, each);
    }
    const gone = list(given.resource_changes).filter(isGone);
    for (const _ of gone) yield { type: 'left-out', as: 'not-in-force' };
    yield* partsOf([...resources.values()], new PlanConfiguration(given.configuration), piece);
  },
};

function isGone(change: Block): boolean {
  const actions = block(change.change).actions;
  return (
    Array.isArray(actions) &&
    actions.length > 0 &&
    actions.every((action) => action === 'delete' || action === 'forget')
  );
}

function changed(given: Block): Resource[] {
  return list(given.resource_changes)
    .filter((change) => !isGone(change))
    .map((change) =>
      resource(change, block(block(change.change).after), block(block(change.change).after_unknown)),
    );
}

/** @param onlyData of a state before the plan, what is managed is told by the plan itself */
function* modules(values: unknown, onlyData = false): Generator<Resource> {
  const waiting = [block(block(values).root_module)];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const found = list(next.resources).map((each) => resource(each, block(each.values), {}));
    yield* found.filter(({ isData }) => isData || !onlyData);
    waiting.push(...list(next.child_modules));
  }
}

function resource(given: Block, values: Block, unknown: Block): Resource {
  const type = String(given.type ?? '');
  return { address: String(given.address ?? type), type, isData: given.mode === 'data', values, unknown };
}

const state: Reader = {
  name: 'a Terraform state as terraform show prints it',
  recognises: (value) => field(value, 'values', 'root_module') !== undefined,
  *reads(value, piece) {
    const resources = [...modules(block(plain(value)).values)];
    yield* partsOf(resources, new PlanConfiguration(undefined), piece);
  },
};

const stateFile: Reader = {
  name: 'a Terraform state file',
  recognises: (value) =>
    textField(value, 'terraform_version') !== undefined &&
    typeof field(value, 'serial') === 'number' &&
    Array.isArray(field(value, 'resources')),
  *reads(value, piece) {
    const resources = list(block(plain(value)).resources).flatMap((each) =>
      list(each.instances).map((instance, index) => {
        const at = [each.module, each.mode === 'data' ? 'data' : undefined, each.type, each.name]
          .filter((part) => part !== undefined)
          .join('.');
        const key = instance.index_key === undefined ? '' : `[${JSON.stringify(instance.index_key)}]`;
        const address = `${at}${key || (index > 0 ? `[${index}]` : '')}`;
        return resource({ ...each, address }, block(instance.attributes), {});
      }),
    );
    yield* partsOf(resources, new PlanConfiguration(undefined), piece);
  },
};

/** `terraform plan -json` tells what it does, a line each, and no values. */
const progress: Reader = {
  name: "Terraform's account of planning",
  recognises: (value) =>
    textField(value, '@level') !== undefined && /^terraform\./.test(textField(value, '@module') ?? ''),
  *reads(value, piece) {
    const address = textField(value, 'change', 'resource', 'addr') ?? '';
    const isPolicy =
      /(?:aws|awscc)_(?:iam|sso)/.test(address) && textField(value, 'type') === 'planned_change';
    if (!isPolicy) yield { type: 'left-out', as: 'other-json' };
    else {
      const reason =
        'terraform plan -json does not tell the document; inspect what terraform show -json prints of the plan.';
      yield { type: 'unjudged', at: piece.at(value), policy: address, reason };
    }
  },
};

export const terraformReaders: readonly Reader[] = [plan, state, stateFile, progress];
