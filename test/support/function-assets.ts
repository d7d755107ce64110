import { join } from 'node:path';
import type { FunctionName } from '../../workflow/runtime/settings/schema.ts';
import type { CfnResource, Synthesised } from './synthesise.ts';

/** The function in the template. */
export function functionIn(stack: Synthesised, name: FunctionName): CfnResource {
  const prefix = `${name.charAt(0).toUpperCase()}${name.slice(1)}Function`;
  const [, found] = stack.all('AWS::Lambda::Function').find(([id]) => id.startsWith(prefix)) ?? [];
  if (found === undefined) throw new Error(`There is no function ${name} in the template.`);
  return found;
}

/** The folder that is uploaded as the function's code. */
export function assetOf(stack: Synthesised, name: FunctionName): string {
  const key = String(functionIn(stack, name).Properties.Code.S3Key);
  return join(stack.outdir, `asset.${key.replace(/\.zip$/, '')}`);
}
