import { textMessage } from '../../slack/blocks/blocks.ts';
import { checkMessage } from './check-message.ts';
import { describeCheck } from './describe-check.ts';
import { readPasted } from './pasted.ts';
import type { Subcommand } from './policy-guard.ts';

/** `/policy-guard check …`: would an action, a pattern or a pasted policy be caught? Nothing is stored. */
export const check: Subcommand = async ({ restricted, settings: { mode } }, { argument }) => {
  const checked = readPasted(argument);
  if (checked !== undefined) return checkMessage(checked, describeCheck(checked, restricted, mode), mode);
  const what = argument.trim() === '' ? 'Check what?' : 'That is no action, pattern or policy.';
  return textMessage(
    `${what} Write \`/policy-guard check s3:DeleteBucket\`, a pattern such as \`s3:Delete*\`, or paste a policy as JSON.`,
  );
};
