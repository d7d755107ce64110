/**
 * A slash command in its two parts, as Slack sends them. What follows the command keeps its white space: it may be a
 * policy.
 *
 * @returns undefined when the line is no slash command
 */
export function splitCommand(line: string): { command: string; text: string } | undefined {
  const found = /^\s*(\/\S+)\s*([\s\S]*)$/.exec(line);
  return found ? { command: found[1] ?? '', text: found[2] ?? '' } : undefined;
}
