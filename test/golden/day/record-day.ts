import { type Play, perform } from './play.ts';
import { PLAYS } from './plays.ts';

/** The bot answers Slack within a second or says that it could not: more sandboxes at once would make it late. */
const AT_ONCE = 3;

/**
 * Plays the day, every play in a sandbox of its own: file name → JSON text.
 *
 * @param names of the plays; all unless given
 */
export async function recordDay(names = Object.keys(PLAYS)): Promise<Record<string, string>> {
  const texts: Record<string, string> = {};
  const left = names.values();
  const playOn = async () => {
    for (const name of left) texts[fileOf(name)] = await performNamed(name);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, playOn));
  return texts;
}

/** The file of the record that holds a play. */
function fileOf(name: string): string {
  return `day/${name}.json`;
}

/** A play on a machine that is too busy breaks off, or somebody in it is told to try again. */
const TRIES = 4;
const TOLD_LATE = /did not answer/;

async function performNamed(name: string): Promise<string> {
  const play: Play | undefined = PLAYS[name];
  if (play === undefined)
    throw new Error(`There is no play ${name}; there are ${Object.keys(PLAYS).join(', ')}.`);
  for (let triesLeft = TRIES - 1; ; triesLeft--) {
    try {
      const text = await perform(play);
      if (triesLeft === 0 || !TOLD_LATE.test(text)) return text;
    } catch (cause) {
      if (triesLeft > 0) continue;
      throw new Error(`The play ${name} does not come to its end: ${String(cause)}`, { cause });
    }
  }
}
