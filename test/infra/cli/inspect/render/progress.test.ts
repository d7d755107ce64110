import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { Progress } from '../../../../../infra/cli/inspect/render/progress.ts';

function progressOf(total: number) {
  const stream = new PassThrough({ encoding: 'utf8' });
  const clock = { now: 0 };
  const progress = new Progress(stream, total, () => clock.now);
  return { progress, clock, shown: () => stream.read() as string | null };
}

describe('the progress bar', () => {
  it('stays away from work that is soon done', () => {
    const { progress, clock, shown } = progressOf(10);
    clock.now = 900;
    for (let step = 0; step < 10; step++) progress.step();
    progress.clear();
    expect(shown()).toBeNull();
  });

  it('shows how far long work has come, and goes when it is cleared', () => {
    const { progress, clock, shown } = progressOf(4);
    clock.now = 1_000;
    progress.step();
    expect(shown()).toBe(`\r${'█'.repeat(8)}${'░'.repeat(22)} 25%  1 of 4 files`);
    progress.clear();
    expect(shown()).toBe('\r\x1b[K');
  });

  it('is not drawn more often than it can be read', () => {
    const { progress, clock, shown } = progressOf(1_000);
    clock.now = 1_000;
    progress.step();
    shown();
    progress.step();
    expect(shown()).toBeNull();
    clock.now = 1_100;
    progress.step();
    expect(shown()).toContain('3 of 1000 files');
  });
});
