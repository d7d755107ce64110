import { createFunctions, type FunctionDefinition, type Functions } from './functions.ts';
import { createInstances, type Instances } from './instances.ts';

/** Functions that others can name before there is an environment to build them for. */
export interface LateFunctions extends Functions {
  readonly instances: Instances;
  /** From now on these are the functions there are. */
  define(definitions: Readonly<Record<string, FunctionDefinition>>): void;
}

export function createLateFunctions(place: { region: string; accountId: string }): LateFunctions {
  const instances = createInstances();
  let functions = createFunctions({}, place, instances);
  return {
    instances,
    arn: (name) => functions.arn(name),
    has: (name) => functions.has(name),
    invoke: (name, payload) => functions.invoke(name, payload),
    define: (definitions) => {
      functions = createFunctions(definitions, place, instances);
    },
  };
}
