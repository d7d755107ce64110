import { readFileSync } from 'node:fs';
import * as z from '../../../workflow/runtime/zod.ts';
import { UsageError } from '../../command/run-command.ts';

/** Written by `cdk deploy --outputs-file`: stack name → output → value. */
export const OUTPUTS_FILE = 'cdk-outputs.json';

const outputsSchema = z.record(z.string(), z.record(z.string(), z.string()));

/**
 * One output of the deployed stack.
 *
 * @param option the option that gives the same by hand, for the error
 * @throws UsageError when there is no such file or output
 */
export function stackOutput(
  name: 'PublicUrl' | 'InstallUrl' | 'SlackSecretArn' | 'TableName' | 'TopicArn' | 'Region',
  option: string,
  file = OUTPUTS_FILE,
): string {
  const found = Object.values(readOutputs(file, option)).flatMap((outputs) => outputs[name] ?? []);
  const [value] = found;
  if (value === undefined || found.length > 1) {
    const problem = value === undefined ? 'has no output' : 'has more than one output';
    throw new UsageError(`${file} ${problem} ${name}; deploy again, or give it with ${option}.`);
  }
  return value;
}

function readOutputs(file: string, option: string): z.output<typeof outputsSchema> {
  try {
    return outputsSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new UsageError(
      `${file} is not there or not readable. Run npm run deploy first, which writes it, or use ${option}.`,
      { cause },
    );
  }
}
