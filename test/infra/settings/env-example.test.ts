import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { envExample } from '../../../infra/settings/env-example.ts';

it('.env.example is what the table of settings says; npm run settings writes it anew', () => {
  const written = readFileSync(new URL('../../../.env.example', import.meta.url), 'utf8');
  expect(written).toBe(envExample());
});
