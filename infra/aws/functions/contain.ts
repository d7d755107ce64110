import { createContainHandler } from '../../../workflow/functions/contain.ts';

export const handler = createContainHandler(process.env, {});
