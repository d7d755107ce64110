import { vi } from 'vitest';

// Before each file: its worker has run others before. What libraries keep in theirs is shared, as in any process.
vi.resetModules();
vi.useRealTimers();
vi.unstubAllEnvs();
vi.unstubAllGlobals();
