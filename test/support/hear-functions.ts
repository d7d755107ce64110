import { onTestFinished, vi } from 'vitest';

/**
 * Lets the test that asks hear what functions log and count, which no other test does; functions have to be created
 * afterwards.
 *
 * @returns the lines of JSON as they are written, until the test ends
 */
export function hearFunctions(): string[] {
  const heard: string[] = [];
  vi.stubEnv('AWS_LAMBDA_LOG_LEVEL', undefined);
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', undefined);
  const spies = [process.stdout, process.stderr].map((stream) => {
    // It searches, and does not show them: output/search.ts.
    const write = stream.write.bind(stream);
    return vi.spyOn(stream, 'write').mockImplementation((line) => {
      heard.push(String(line));
      return write(line);
    });
  });
  onTestFinished(() => {
    for (const spy of spies) spy.mockRestore();
    vi.unstubAllEnvs();
  });
  return heard;
}
