import { createNotifyHandler } from '../../../bot/handlers/notify.ts';

export const handler = createNotifyHandler(process.env, {});
