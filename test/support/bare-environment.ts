import { dirname } from 'node:path';

/** What a command of ours needs to start, and nothing that configures it. */
export const BARE_ENVIRONMENT = {
  PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
  // Node has compiled most of it for an earlier command.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
};
