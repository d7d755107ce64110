import { createInstallHandler } from '../../../bot/functions/install.ts';

export const handler = createInstallHandler(process.env, {});
