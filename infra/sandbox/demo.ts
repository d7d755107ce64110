import { runCommand } from '../command/run-command.ts';
import { createStory } from './demo/story.ts';
import { explain } from './explain-error.ts';
import { startSandbox } from './sandbox.ts';

const HELP = `Plays the whole story in the terminal: approved, denied, approved by two, and decided by e-mail while Slack is down.

Usage: npm run demo

  --help  this text

Exit status: 0 when everything was as told, else 1.`;

/** Plays the whole story in the terminal. Exit status 0 when everything was as told, else 1. */
async function main(): Promise<void> {
  process.env.POWERTOOLS_METRICS_DISABLED = 'true';
  const sandbox = await startSandbox({
    // Its own ports, so that it can run next to `npm start`; settings of a deployment do not change the story.
    environment: {
      SANDBOX_PAGE_PORT: '0',
      SANDBOX_AWS_PORT: '0',
      SANDBOX_CLOUDTRAIL_DELAY_MS: '1000',
    },
    failed: (error) => console.error(explain(error)),
  });
  try {
    const story = createStory(sandbox, (line) => console.log(line));
    await story.approved();
    await story.denied();
    await story.byTwo();
    await story.byEmail();
    console.log('\nEverything was as told.');
  } finally {
    await sandbox.close();
  }
}

await runCommand({ help: HELP, options: {} }, () =>
  main().catch((error: unknown) => {
    console.error(`\nNot as told: ${explain(error)}`);
    process.exitCode = 1;
  }),
);
process.exit();
