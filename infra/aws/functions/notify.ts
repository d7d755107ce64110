import { createNotifyHandler } from '../../../bot/functions/notify.ts';

export const handler = createNotifyHandler(process.env, {});
