import { beforeAll, describe, expect, test } from 'vitest';
import { createPage, type PageFile } from '../../../../infra/sandbox/page/build-page.ts';

let page: Map<string, PageFile>;
const textOf = (path: string) => {
  const body = page.get(path)?.body ?? '';
  return typeof body === 'string' ? body : new TextDecoder().decode(body);
};

beforeAll(async () => {
  page = await createPage();
});

describe('the bundled page', () => {
  test('has all that its document asks for', () => {
    const asked = [...textOf('/').matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path);
    expect(asked).toEqual(['/favicon.svg', '/page.css', '/page.js']);
    for (const path of asked) expect(page.get(path as string)?.body.length).toBeGreaterThan(0);
  });

  test('names the type of each file', () => {
    expect(Object.fromEntries([...page].map(([path, { contentType }]) => [path, contentType]))).toEqual({
      '/': 'text/html; charset=utf-8',
      '/favicon.svg': 'image/svg+xml',
      '/page.js': 'text/javascript; charset=utf-8',
      '/page.css': 'text/css; charset=utf-8',
    });
  });

  test('fetches nothing from elsewhere and runs no script that stands in the document', () => {
    expect(textOf('/page.css')).not.toMatch(/url\(|@import/);
    expect(textOf('/')).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=|<style/);
    expect(textOf('/')).toContain("default-src 'none'; script-src 'self'");
    expect(textOf('/page.js')).not.toMatch(/\beval\(|new Function\(/);
  });
});
