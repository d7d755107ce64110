import { existsSync } from 'node:fs';

const WHOLE = '/usr/bin/chromium';
/** Debian's package chromium-headless-shell: what draws pages, alone, for a third of the processor's time. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell';

/** Debian's Chromium for `playwright-core`; the flags keep it from looking for anything outside this machine. */
export const CHROMIUM = {
  executablePath: process.env.CHROMIUM_PATH ?? (existsSync(HEADLESS_SHELL) ? HEADLESS_SHELL : WHOLE),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
};
