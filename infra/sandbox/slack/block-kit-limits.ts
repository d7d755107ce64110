import * as z from '../../../workflow/runtime/zod.ts';
import { block } from './block-kit/blocks.ts';
import { plainText } from './block-kit/objects.ts';

export type ViewSurface = 'modal' | 'home';
type Surface = 'message' | ViewSurface;

/** Blocks for each surface (docs.slack.dev, Block Kit, "Blocks"). */
const MAX_BLOCKS: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };

const blocksOf = (surface: Surface) =>
  z.array(block).check(z.maxLength(MAX_BLOCKS[surface]), z.superRefine(idsAreUnique));

const identification = {
  private_metadata: z.optional(z.string().check(z.maxLength(3000))),
  callback_id: z.optional(z.string().check(z.maxLength(255))),
};

/** `views.open`: docs.slack.dev, "View object". */
const modal = z
  .strictObject({
    type: z.literal('modal'),
    title: plainText(24),
    blocks: blocksOf('modal').check(z.minLength(1)),
    submit: z.optional(plainText(24)),
    close: z.optional(plainText(24)),
    ...identification,
  })
  .check(
    z.superRefine((view, context) => {
      if (view.submit === undefined && view.blocks.some((each) => each.type === 'input')) {
        context.addIssue({
          code: 'custom',
          message: 'must be given when there are input blocks',
          path: ['submit'],
        });
      }
    }),
  );

/** `views.publish`: the same page. */
const home = z.strictObject({
  type: z.literal('home'),
  blocks: blocksOf('home').check(z.minLength(1)),
  ...identification,
});

const VIEWS: Readonly<Record<ViewSurface, z.ZodMiniType>> = { modal, home };

/**
 * What Slack would find wrong with blocks, in the words of its `response_metadata.messages`. Stricter than Slack
 * where its documentation is: what passes here is taken there.
 *
 * @returns empty when Slack takes them
 */
export function validateBlocks(blocks: unknown, surface: Surface): string[] {
  return problems(z.object({ blocks: blocksOf(surface) }), { blocks });
}

/** The same for a modal as `views.open` takes it, or a home as `views.publish` does. */
export function validateView(view: unknown, surface: ViewSurface): string[] {
  return problems(z.object({ view: VIEWS[surface] }), { view });
}

/** All text of blocks together, in characters; see `MAX_BLOCKS_TEXT` of the Web API. */
export function textLength(blocks: unknown): number {
  if (Array.isArray(blocks)) return blocks.reduce((sum: number, each) => sum + textLength(each), 0);
  if (typeof blocks !== 'object' || blocks === null) return 0;
  return Object.entries(blocks).reduce(
    (sum, [key, value]) =>
      sum + (key === 'text' && typeof value === 'string' ? value.length : textLength(value)),
    0,
  );
}

function problems(schema: z.ZodMiniType, value: unknown): string[] {
  const result = schema.safeParse(value);
  if (result.success) return [];
  return result.error.issues.map(
    (issue) => `[ERROR] ${issue.message} [json-pointer:/${issue.path.map(String).join('/')}]`,
  );
}

/** Each `block_id` once in a message or view, each `action_id` once in its block. */
function idsAreUnique(blocks: z.output<typeof block>[], context: z.core.$RefinementCtx): void {
  reportRepeated(blocks, 'block_id', [], context);
  for (const [index, each] of blocks.entries()) {
    if (each.type === 'actions') reportRepeated(each.elements, 'action_id', [index, 'elements'], context);
  }
}

function reportRepeated(
  items: readonly Record<string, unknown>[],
  key: string,
  path: (string | number)[],
  context: z.core.$RefinementCtx,
): void {
  const seen = new Set<unknown>();
  for (const [index, item] of items.entries()) {
    const id = item[key];
    if (id !== undefined && seen.has(id)) {
      const message = `${key} "${String(id)}" already exists`;
      context.addIssue({ code: 'custom', message, path: [...path, index, key] });
    }
    seen.add(id);
  }
}
