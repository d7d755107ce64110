import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleFunction } from '../../infra/aws/bundle/bundle-function.ts';
import { type AwsCall, startAwsMeter } from '../../infra/cli/costs/aws-meter.ts';
import type { HandlerFactory } from '../../infra/functions/functions.ts';
import type { FunctionName } from '../../workflow/runtime/settings/schema.ts';
import { startDeployedFunction } from '../support/deployed-function.ts';

const folder = mkdtempSync(join(tmpdir(), 'policy-guard-cold-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
const bundled = new Set<FunctionName>();

/** @returns the folder of its bundle, which is made once */
function bundleOf(name: FunctionName): string {
  if (!bundled.has(name)) bundleFunction(name, join(folder, name));
  bundled.add(name);
  return join(folder, name);
}

/**
 * Functions out of their bundles, each in a process that starts with its first event, as Lambda's do when they are
 * cold; their AWS calls take longer, and are told.
 *
 * @param delayMs how much longer each call takes than in the sandbox, in milliseconds
 */
export async function coldFunctions(
  names: readonly FunctionName[],
  delayMs: number,
  onCall: (call: AwsCall) => void,
) {
  let endpoint = '';
  const meter = await startAwsMeter(() => endpoint, onCall, delayMs);
  const started: ReturnType<typeof startDeployedFunction>[] = [];
  const coldFunction = (name: FunctionName): HandlerFactory => {
    const bundle = bundleOf(name);
    return (environment, { region = '', credentials, ...aws }) => {
      endpoint = aws.endpoint ?? '';
      let warm: ReturnType<typeof startDeployedFunction> | undefined;
      return (event, context) => {
        if (warm === undefined) {
          const settings = Object.entries(environment).filter(([, value]) => value !== undefined);
          warm = startDeployedFunction(bundle, Object.fromEntries(settings) as Record<string, string>, {
            endpoint: meter.url,
            region,
            credentials: credentials as NonNullable<typeof credentials>,
          });
          started.push(warm);
        }
        return warm.handler(event, context);
      };
    };
  };
  return {
    handlers: Object.fromEntries(names.map((name) => [name, coldFunction(name)])),
    stop: () => {
      for (const each of started) each.stop();
      meter.stop();
    },
  };
}
