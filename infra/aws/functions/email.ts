import { createEmailHandler } from '../../../bot/functions/email.ts';

export const handler = createEmailHandler(process.env, {});
