import type { FunctionName } from './function-specs.ts';

/** The public routes, and the function behind each, on AWS and in the sandbox. Nothing else is routed. */
export const HTTP_ROUTES = [
  { path: '/slack/events', methods: ['POST'], to: 'slack' },
  { path: '/slack/install', methods: ['GET'], to: 'install' },
  { path: '/slack/oauth_redirect', methods: ['GET'], to: 'install' },
  { path: '/decide', methods: ['GET', 'POST'], to: 'email' },
] as const satisfies readonly { path: string; methods: readonly ('GET' | 'POST')[]; to: FunctionName }[];
