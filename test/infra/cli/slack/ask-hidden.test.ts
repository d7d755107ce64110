import { PassThrough } from 'node:stream';
import type { ReadStream } from 'node:tty';
import { describe, expect, it } from 'vitest';
import { askHidden } from '../../../../infra/cli/slack/ask-hidden.ts';

function terminal() {
  const shown: string[] = [];
  const raw: boolean[] = [];
  const keys = new PassThrough();
  const input = Object.assign(keys, {
    setRawMode: (on: boolean) => {
      raw.push(on);
      return input;
    },
  }) as unknown as ReadStream;
  const output = new PassThrough();
  output.on('data', (chunk) => shown.push(String(chunk)));
  return { keys, raw, shown, ask: (question: string) => askHidden(question, input, output) };
}

describe('asking for a secret', () => {
  it('shows nothing of it, and gives the terminal back', async () => {
    const { keys, raw, shown, ask } = terminal();
    const answer = ask('Client secret');
    for (const key of ['hu', 's', 'h', '\r']) keys.write(key);
    expect(await answer).toBe('hush');
    expect(shown.join('')).toBe('Client secret: \n');
    expect(raw).toEqual([true, false]);
  });

  it('takes back what is erased', async () => {
    const { keys, ask } = terminal();
    const answer = ask('Secret');
    keys.write('hux\u007f\u0008ush\n');
    expect(await answer).toBe('hush');
  });

  it('asks for one after the other', async () => {
    const { keys, ask } = terminal();
    const first = ask('First');
    keys.write('one\r');
    expect(await first).toBe('one');
    const second = ask('Second');
    keys.write('two\r');
    expect(await second).toBe('two');
  });

  it('stops at Ctrl-C, and gives the terminal back', async () => {
    const { keys, raw, ask } = terminal();
    const answer = ask('Secret');
    keys.write('hu\u0003');
    await expect(answer).rejects.toThrow('Nothing was stored.');
    expect(raw).toEqual([true, false]);
  });
});
