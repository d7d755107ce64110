import { Logger } from '@aws-lambda-powertools/logger';
import type { Settings } from './settings/schema.ts';

/** What the code logs with: a sentence, and fields to search by. Never a secret, token, signed link or whole event. */
export interface Log {
  debug(message: string, fields?: Record<string, unknown>): void;
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

/**
 * The one logger of a function: JSON lines for CloudWatch Logs. An `error` field that holds an Error is written
 * with its name, message, stack and cause.
 *
 * @param service the function's name, e.g. `contain`
 */
export function createLogger(service: string, level: Settings['LOG_LEVEL']): Log {
  const logger = new Logger({ serviceName: service, logLevel: level });
  return {
    debug: (message, fields = {}) => logger.debug(message, fields),
    info: (message, fields = {}) => logger.info(message, fields),
    warn: (message, fields = {}) => logger.warn(message, fields),
    error: (message, fields = {}) => logger.error(message, fields),
  };
}
