import * as z from 'zod/mini';
import en from 'zod/v4/locales/en.js';

/**
 * The validation library as everything here takes it: of `zod/mini` only what a function uses is bundled. It has no
 * words of its own, so that what is wrong would be "Invalid input" throughout: they are given here.
 */
z.config(en());

export * from 'zod/mini';

/** An enumeration without some of its values. */
export function without<Values extends z.core.util.EnumLike, Value extends keyof Values>(
  { def }: z.ZodMiniEnum<Values>,
  values: readonly Value[],
): z.ZodMiniEnum<Omit<Values, Value>> {
  const left = Object.entries(def.entries).filter(([key]) => !values.includes(key as Value));
  return z.enum(Object.fromEntries(left)) as unknown as z.ZodMiniEnum<Omit<Values, Value>>;
}
