import { writeFileSync } from 'node:fs';
import { envExample } from './env-example.ts';

/** Writes `.env.example` anew: `npm run settings`. */
writeFileSync(new URL('../../.env.example', import.meta.url), envExample());
