import { createStory } from './demo/story.ts';
import { explain } from './explain-error.ts';
import { startSandbox } from './sandbox.ts';

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

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(`\nNot as told: ${explain(error)}`);
    process.exit(1);
  },
);
