import { createSlackHandler } from '../../../bot/functions/slack.ts';

export const handler = createSlackHandler(process.env, {});
