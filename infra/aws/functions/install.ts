import { createInstallHandler } from '../../../bot/handlers/install.ts';

export const handler = createInstallHandler(process.env, {});
