import type { Logger, LogLevel } from '@slack/web-api';

/** Where warnings of Slack's libraries go. */
export interface WarningSink {
  warn(message: string): void;
  error(message: string): void;
}

/**
 * A logger for Bolt and the Web API client that passes on warnings and errors as one line. Their debug output
 * prints whole events and requests, so it is dropped whatever the level.
 */
export function createQuietLogger(sink: WarningSink): Logger {
  const line = (parts: unknown[]) =>
    parts.map((part) => (part instanceof Error ? `${part.name}: ${part.message}` : String(part))).join(' ');
  return {
    debug: () => {},
    info: () => {},
    warn: (...parts) => sink.warn(line(parts)),
    error: (...parts) => sink.error(line(parts)),
    setLevel: () => {},
    getLevel: () => 'warn' as LogLevel,
    setName: () => {},
  };
}
