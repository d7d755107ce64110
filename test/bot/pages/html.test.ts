import { describe, expect, test } from 'vitest';
import { html } from '../../../bot/pages/html.ts';
import { page } from '../../../bot/pages/page.ts';

describe('html', () => {
  test('escapes everything that is put in', () => {
    const foreign = `<script>"'&`;
    expect(html`<p title="${foreign}">${foreign}</p>`.text).toBe(
      '<p title="&lt;script&gt;&quot;&#39;&amp;">&lt;script&gt;&quot;&#39;&amp;</p>',
    );
  });

  test('takes Html as it is, lists one after the other, and leaves out what is not there', () => {
    const items = ['<a>', 'b'].map((text) => html`<li>${text}</li>`);
    expect(html`<ul>${items}</ul>${undefined}${false}${0}`.text).toBe(
      '<ul><li>&lt;a&gt;</li><li>b</li></ul>0',
    );
  });
});

describe('a page', () => {
  const { headers, body } = page({ statusCode: 200, title: '<b>', body: html`<p>x</p>` });

  test('allows no script, no frame, no cache and no referrer', () => {
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/);
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(body).not.toContain('<script');
  });

  test('escapes its title', () => {
    expect(body).toContain('<h1>&lt;b&gt;</h1>');
  });
});
