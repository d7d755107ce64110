import { createContainHandler } from '../../../workflow/handlers/contain.ts';

export const handler = createContainHandler(process.env, {});
