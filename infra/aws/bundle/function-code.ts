import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { RestrictedAction } from '../../../workflow/inspection/finding.ts';
import type { FunctionName } from '../../functions/function-specs.ts';
import { FUNCTION_SPECS } from '../../functions/function-specs.ts';
import { bundleFunction } from './bundle-function.ts';

const ENTRIES = fileURLToPath(new URL('../functions/', import.meta.url));

/** Where a function finds the list: next to its code, because an environment holds 4 KB and a list may be longer. */
export const RESTRICTED_ACTIONS_FILE = 'restricted-actions.txt';

/**
 * The code of a function as an asset, bundled on this machine while the template is made.
 *
 * @param restrictedActions travel along, for functions that read them
 */
export function functionCode(name: FunctionName, restrictedActions: readonly RestrictedAction[]): Code {
  const entry = join(ENTRIES, `${name}.ts`);
  return Code.fromAsset(ENTRIES, {
    // The same sources make the same hash: a deployment without a change of code changes no function.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK asks for an image in case the bundling on this machine gives up; ours throws instead.
      image: DockerImage.fromRegistry('none'),
      // CDK bundles once for the same source and options; without this every function would get the first one's code.
      command: [name],
      local: {
        tryBundle(directory) {
          bundleFunction(entry, directory);
          if (FUNCTION_SPECS[name].readsRestrictedActions) {
            writeFileSync(join(directory, RESTRICTED_ACTIONS_FILE), toList(restrictedActions));
          }
          return true;
        },
      },
    },
  });
}

/** Named sets by their name again, so that a finding can still name its set and say why it is dangerous. */
function toList(actions: readonly RestrictedAction[]): string {
  return `${[...new Set(actions.map(({ set, pattern }) => set ?? pattern))].join('\n')}\n`;
}
