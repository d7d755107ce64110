/**
 * Stands for `loadSharedConfigFiles` of `@smithy/core`: on Lambda there are no `~/.aws/config` and `credentials`, which
 * each client reads for its settings; what a function is to know comes in its environment.
 */
export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });

export const CONFIG_PREFIX_SEPARATOR = '.';
