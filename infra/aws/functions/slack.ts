import { createSlackHandler } from '../../../bot/handlers/slack.ts';

export const handler = createSlackHandler(process.env, {});
