import { randomBytes } from 'node:crypto';

export type Blocks = Record<string, unknown>[];

/** Slack makes up the `block_id`s and `action_id`s that an app leaves out. */
export function withBlockIds(blocks: Blocks): Blocks {
  return blocks.map((block) => ({
    block_id: randomBytes(3).toString('base64url'),
    ...block,
    ...(Array.isArray(block.elements) ? { elements: block.elements.map(withActionId) } : {}),
    ...(isInteractive(block.element) ? { element: withActionId(block.element) } : {}),
    ...(isInteractive(block.accessory) ? { accessory: withActionId(block.accessory) } : {}),
  }));
}

function withActionId(element: Record<string, unknown>): Record<string, unknown> {
  return isInteractive(element) ? { action_id: randomBytes(3).toString('base64url'), ...element } : element;
}

function isInteractive(element: unknown): element is Record<string, unknown> {
  const type = (element as { type?: unknown } | undefined)?.type;
  return typeof type === 'string' && type !== 'mrkdwn' && type !== 'plain_text';
}
