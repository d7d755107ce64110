import { createInspectHandler } from '../../../workflow/handlers/inspect.ts';

export const handler = createInspectHandler(process.env, {});
