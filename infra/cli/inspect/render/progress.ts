import type { Writable } from 'node:stream';

const WIDTH = 30;
/** Work that ends sooner needs no bar, and a faster bar could not be read. */
const FIRST_MS = 1_000;
const NEXT_MS = 100;

/** A bar for whoever watches long work on a terminal; what is printed elsewhere comes after `clear`. */
export class Progress {
  private done = 0;
  private next: number;
  private shown = false;
  private readonly stream: Writable;
  private readonly total: number;
  private readonly now: () => number;

  constructor(stream: Writable, total: number, now: () => number) {
    this.stream = stream;
    this.total = total;
    this.now = now;
    this.next = now() + FIRST_MS;
  }

  step(): void {
    this.done++;
    if (this.now() < this.next) return;
    this.next = this.now() + NEXT_MS;
    const part = Math.min(this.done / this.total, 1);
    const bar = '█'.repeat(Math.round(part * WIDTH)).padEnd(WIDTH, '░');
    this.stream.write(`\r${bar} ${Math.floor(part * 100)}%  ${this.done} of ${this.total} files`);
    this.shown = true;
  }

  clear(): void {
    if (this.shown) this.stream.write('\r\x1b[K');
    this.shown = false;
  }
}
