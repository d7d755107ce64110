import { createInspectHandler } from '../../../workflow/functions/inspect.ts';

export const handler = createInspectHandler(process.env, {});
