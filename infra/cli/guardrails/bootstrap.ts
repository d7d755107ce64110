import { existsSync, readFileSync } from 'node:fs';
import * as z from '../../../workflow/runtime/zod.ts';
import { SHARED_QUALIFIER } from '../../aws/guardrails/place.ts';
import { UsageError } from '../../command/run-command.ts';

const QUALIFIER = '@aws-cdk/core:bootstrapQualifier';

const cdkSchema = z.object({
  toolkitStackName: z._default(z.string(), 'CDKToolkit'),
  context: z.prefault(z.object({ [QUALIFIER]: z._default(z.string(), SHARED_QUALIFIER) }), {}),
});

interface Bootstrap {
  qualifier: string;
  toolkitStack: string;
}

/**
 * The bootstrap that CDK deploys with from this folder: what `cdk.json` says, or CDK's own defaults.
 *
 * @throws UsageError when `cdk.json` is not readable
 */
export function readBootstrap(folder: string): Bootstrap {
  const file = `${folder}/cdk.json`;
  try {
    const { toolkitStackName, context } = cdkSchema.parse(
      existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {},
    );
    return { toolkitStack: toolkitStackName, qualifier: context[QUALIFIER] };
  } catch (cause) {
    throw new UsageError(`${file} is not readable; mend it, or give --qualifier and --toolkit-stack.`, {
      cause,
    });
  }
}
