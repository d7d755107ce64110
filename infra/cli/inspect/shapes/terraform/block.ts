/** Values of a resource, or of a block in it. */
export type Block = Readonly<Record<string, unknown>>;

/** @returns the value as a block; an empty one where it is none */
export function block(value: unknown): Block {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Block) : {};
}

/** @returns the value as a list of blocks; an empty one where it is none */
export function list(value: unknown): Block[] {
  return Array.isArray(value) ? value.map(block) : [];
}
