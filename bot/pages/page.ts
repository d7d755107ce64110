import { createHash } from 'node:crypto';
import { Html, html } from './html.ts';
import { STYLE } from './style.ts';

/** What an HTTP API takes from a function, payload format 2.0. */
export interface PageResponse {
  statusCode: number;
  headers: Record<string, string>;
  cookies?: string[];
  body: string;
}

interface PageOptions {
  statusCode: number;
  title: string;
  body: Html;
  /** Where the page's forms may go, besides this site. */
  formAction?: string;
  cookies?: string[];
}

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/** A page of the guard: no script, nothing from elsewhere, not framed, not cached, not indexed, no referrer. */
export function page({ statusCode, title, body, formAction = "'self'", cookies }: PageOptions): PageResponse {
  return {
    statusCode,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action ${formAction}; frame-ancestors 'none'; base-uri 'none'`,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'x-robots-tag': 'noindex',
    },
    ...(cookies === undefined ? {} : { cookies }),
    body: render(title, body),
  };
}

function render(title: string, body: Html): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Policy Guard</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<main>
<p class="product">Policy Guard</p>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.text;
}
