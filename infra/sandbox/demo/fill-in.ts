type Json = Record<string, unknown>;

/**
 * What Slack sends for a modal in whose one text input somebody has written: block id → action id → value.
 *
 * @param view as the bot opened it
 */
export function fillIn(view: Json, value: string): Record<string, Record<string, Json>> {
  const input = (view.blocks as Json[]).find(({ type }) => type === 'input');
  const element = input?.element as Json | undefined;
  if (input === undefined || element === undefined) throw new Error('The modal has no input.');
  return { [String(input.block_id)]: { [String(element.action_id)]: { type: element.type, value } } };
}
