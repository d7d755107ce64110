import { createEmailHandler } from '../../../bot/handlers/email.ts';

export const handler = createEmailHandler(process.env, {});
