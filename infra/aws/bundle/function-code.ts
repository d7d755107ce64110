import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type FunctionName, type ListSetting, listsOf } from '../../../workflow/runtime/settings/schema.ts';
import type { ListTexts } from '../deployment-settings.ts';
import { bundleFunction } from './bundle-function.ts';

/** CDK wants a folder as the source of an asset; what is bundled starts at the function's own file. */
const SOURCES = fileURLToPath(new URL('../../functions/', import.meta.url));

/** One list of a function: which setting it stands for, the file that holds it, and what is in it. */
interface ListFile {
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
 * The code of a function as an asset, bundled on this machine while the template is made, without a word on the
 * terminal. Where the CDK asks for no bundling, as it does for `cdk list`, the asset is some sources.
 *
 * @param scope the function's construct, for the settings of its stack
 * @param files travel along, as they were written
 */
export function functionCode(scope: Construct, name: FunctionName, files: readonly ListFile[]): Code {
  if (!Stack.of(scope).bundlingRequired) return Code.fromAsset(SOURCES);
  const folder = mkdtempSync(join(tmpdir(), 'policy-guard-bundle-'));
  // The CDK copies it when the function is made.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  bundleFunction(name, folder);
  for (const { file, text } of files) writeFileSync(join(folder, file), text);
  // The asset's hash is that of what is in it: a deployment without a change of code changes no function.
  return Code.fromAsset(folder);
}
