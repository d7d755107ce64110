import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { AssetHashType, DockerImage } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { FunctionName, ListSetting } from '../../../workflow/runtime/settings/schema.ts';
import { listsOf } from '../../../workflow/runtime/settings/schema.ts';
import type { ListTexts } from '../deployment-settings.ts';
import { bundleFunction } from './bundle-function.ts';

/** CDK wants a folder as the source of an asset; what is bundled starts at the function's own file. */
const SOURCES = fileURLToPath(new URL('../../functions/', import.meta.url));

/** One list of a function: which setting it stands for, the file that holds it, and what is in it. */
export interface ListFile {
  setting: ListSetting;
  /** Next to the function's code, because an environment holds 4 KB and a list may be longer. */
  file: string;
  text: string;
}

/** The lists that a function reads, as far as they are given; what is not has a default, or is empty. */
export function listFiles(name: FunctionName, lists: ListTexts): ListFile[] {
  return listsOf(name).flatMap((setting: ListSetting) => {
    const text = lists[setting];
    const file = `${setting.toLowerCase().replaceAll('_', '-')}.txt`;
    return text === undefined ? [] : [{ setting, file, text }];
  });
}

/**
 * The code of a function as an asset, bundled on this machine while the template is made.
 *
 * @param files travel along, as they were written
 */
export function functionCode(name: FunctionName, files: readonly ListFile[]): Code {
  return Code.fromAsset(SOURCES, {
    // The same sources make the same hash: a deployment without a change of code changes no function.
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // CDK asks for an image in case the bundling on this machine gives up; ours throws instead.
      image: DockerImage.fromRegistry('none'),
      // CDK bundles once for the same source and options; without this every function would get the first one's code.
      command: [name],
      local: {
        tryBundle(directory) {
          bundleFunction(name, directory);
          for (const { file, text } of files) writeFileSync(join(directory, file), text);
          return true;
        },
      },
    },
  });
}
