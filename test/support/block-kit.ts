/**
 * Slack's limits for blocks, written from docs.slack.dev for the tests alone: it shares nothing with the code that
 * makes messages, nor with the sandbox's Slack.
 */

type Json = Record<string, unknown>;

type Surface = 'message' | 'modal' | 'home';

/** @returns what Slack would refuse, each with where it is; empty when it takes the blocks */
export function blockKitProblems(blocks: unknown, surface: Surface): string[] {
  if (!Array.isArray(blocks)) return ['blocks: not a list'];
  const problems = blocks.flatMap((block, index) => block_(block as Json, `${index}`));
  const ids = blocks.flatMap((block) => (block as Json).block_id ?? []);
  if (blocks.length === 0) problems.push('blocks: none');
  if (blocks.length > (surface === 'message' ? 50 : 100)) problems.push(`blocks: ${blocks.length}`);
  if (new Set(ids).size < ids.length) problems.push('blocks: a block_id twice');
  // Undocumented; over about 12,000 Slack answers msg_blocks_too_long (slackapi/bolt-js issues 2509 and 2867).
  if (surface === 'message' && allText(blocks).length > 12_000) problems.push('blocks: too long together');
  return problems;
}

function block_(block: Json, at: string): string[] {
  switch (block.type) {
    case 'header':
      return text(block.text, `${at}.text`, 150, ['plain_text']);
    case 'divider':
      return [];
    case 'section': {
      const { text: body, fields } = block as { text?: unknown; fields?: unknown[] };
      if (body === undefined && fields === undefined) return [`${at}: neither text nor fields`];
      const own = body === undefined ? [] : text(body, `${at}.text`, 3_000);
      const many =
        fields !== undefined && (fields.length < 1 || fields.length > 10) ? [`${at}.fields: count`] : [];
      return [
        ...own,
        ...many,
        ...(fields ?? []).flatMap((each, i) => text(each, `${at}.fields.${i}`, 2_000)),
      ];
    }
    case 'context': {
      const elements = block.elements as unknown[];
      const count = elements.length < 1 || elements.length > 10 ? [`${at}.elements: count`] : [];
      return [...count, ...elements.flatMap((each, i) => text(each, `${at}.elements.${i}`, 3_000))];
    }
    case 'actions': {
      const elements = block.elements as Json[];
      const count = elements.length < 1 || elements.length > 25 ? [`${at}.elements: count`] : [];
      const ids = new Set(elements.map(({ action_id }) => action_id));
      const twice = ids.size < elements.length ? [`${at}.elements: an action_id twice`] : [];
      return [...count, ...twice, ...elements.flatMap((each, i) => button(each, `${at}.elements.${i}`))];
    }
    case 'input':
      return input(block, at);
    default:
      return [`${at}: unknown type ${String(block.type)}`];
  }
}

function button(element: Json, at: string): string[] {
  return [
    ...(element.type === 'button' ? [] : [`${at}: not a button`]),
    ...text(element.text, `${at}.text`, 75, ['plain_text']),
    ...length(element.action_id, `${at}.action_id`, 255),
    ...(element.url === undefined
      ? length(element.value ?? '-', `${at}.value`, 2_000)
      : length(element.url, `${at}.url`, 3_000)),
    ...([undefined, 'primary', 'danger'].includes(element.style as string | undefined)
      ? []
      : [`${at}.style`]),
    ...(element.confirm === undefined ? [] : confirmation(element.confirm as Json, `${at}.confirm`)),
  ];
}

function confirmation({ title, text: body, confirm, deny }: Json, at: string): string[] {
  return [
    ...text(title, `${at}.title`, 100, ['plain_text']),
    ...text(body, `${at}.text`, 300, ['plain_text']),
    ...text(confirm, `${at}.confirm`, 30, ['plain_text']),
    ...text(deny, `${at}.deny`, 30, ['plain_text']),
  ];
}

function input(block: Json, at: string): string[] {
  const element = block.element as Json;
  const options = (element.options ?? []) as Json[];
  return [
    ...text(block.label, `${at}.label`, 2_000, ['plain_text']),
    ...(block.hint === undefined ? [] : text(block.hint, `${at}.hint`, 2_000, ['plain_text'])),
    ...(element.type === 'radio_buttons' && (options.length < 1 || options.length > 10)
      ? [`${at}: options`]
      : []),
    ...options.flatMap((option, i) => [
      ...text(option.text, `${at}.options.${i}.text`, 75),
      ...text(option.description, `${at}.options.${i}.description`, 75),
      ...length(option.value, `${at}.options.${i}.value`, 150),
    ]),
  ];
}

function text(value: unknown, at: string, max: number, types = ['plain_text', 'mrkdwn']): string[] {
  const { type, text: content, verbatim, emoji } = (value ?? {}) as Json;
  if (!types.includes(String(type))) return [`${at}: type ${String(type)}`];
  if (type === 'plain_text' && verbatim !== undefined) return [`${at}: verbatim`];
  if (type === 'mrkdwn' && emoji !== undefined) return [`${at}: emoji`];
  return length(content, at, max);
}

function length(value: unknown, at: string, max: number): string[] {
  if (typeof value !== 'string') return [`${at}: no text`];
  return value.length >= 1 && value.length <= max
    ? []
    : [`${at}: ${value.length} characters, at most ${max}`];
}

/** The same for a modal. */
export function modalProblems(view: Json): string[] {
  return [
    ...text(view.title, 'title', 24, ['plain_text']),
    ...['submit', 'close'].flatMap((name) =>
      view[name] === undefined ? [] : text(view[name], name, 24, ['plain_text']),
    ),
    ...(view.callback_id === undefined ? [] : length(view.callback_id, 'callback_id', 255)),
    ...(view.private_metadata === undefined ? [] : length(view.private_metadata, 'private_metadata', 3_000)),
    ...(JSON.stringify(view).length > 250_000 ? ['view: over 250 KB'] : []),
    ...blockKitProblems(view.blocks, 'modal'),
  ];
}

/** The same for App Home. */
export function homeProblems(view: Json): string[] {
  return [
    ...(view.type === 'home' ? [] : ['type']),
    ...(JSON.stringify(view).length > 250_000 ? ['view: over 250 KB'] : []),
    ...blockKitProblems(view.blocks, 'home'),
  ];
}

/** Every text that a person would see, one after the other. */
export function allText(value: unknown): string {
  if (Array.isArray(value)) return value.map(allText).join('\n');
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([key, each]) => (key === 'text' && typeof each === 'string' ? each : allText(each)))
    .filter((each) => each !== '')
    .join('\n');
}

/** Mentions, links and dates: whatever Slack takes between angle brackets. */
export function specials(value: unknown): string[] {
  return allText(value).match(/<[^>]*>/g) ?? [];
}
