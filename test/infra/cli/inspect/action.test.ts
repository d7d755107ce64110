import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkScript, readAction, runAction } from './action-steps.ts';
import { makeFolder, runInspect } from './run-inspect.ts';

const fixtures = join(import.meta.dirname, '../../../../fixtures/inspect/policies');

let workspace: string;
beforeEach(() => {
  workspace = makeFolder();
});
afterEach(() => rmSync(workspace, { recursive: true }));

function put(name: string): void {
  cpSync(join(fixtures, name), join(workspace, name), { recursive: true });
}

const restricted = { restricted: 's3:DeleteBucket' };

describe('the action', () => {
  it('fails where something restricted would be held, and says what in log, summary and files', () => {
    put('cloudformation/template.yaml');
    const { status, out, outputs, summary } = runAction(workspace, {
      ...restricted,
      paths: 'cloudformation\n',
    });
    expect(status).toBe(1);
    expect(out).toContain('HELD    cloudformation/template.yaml#1  Cleaner');
    expect(out).toContain('::error title=Policy Guard::Something restricted would be held');
    expect(summary).toContain('| `Cleaner` | `s3:DeleteBucket` on `*` | `cloudformation/template.yaml:38` |');
    expect(outputs.status).toBe('1');
    expect(readFileSync(outputs.markdown ?? '', 'utf8')).toBe(summary);
    const sarif = JSON.parse(readFileSync(outputs.sarif ?? '', 'utf8'));
    expect(sarif.runs[0].results[0].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'cloudformation/template.yaml', uriBaseId: '%SRCROOT%' },
      region: { startLine: 38 },
    });
  });

  it('passes where nothing is restricted', () => {
    put('cloudformation/unknown-resources.json');
    const { status, out, outputs } = runAction(workspace, restricted);
    expect(status).toBe(0);
    expect(outputs.status).toBe('0');
    expect(out).toContain('Nothing restricted.');
  });

  it('fails where something could not be judged', () => {
    put('terraform/unjudged');
    const { status, out } = runAction(workspace, { ...restricted, paths: 'terraform' });
    expect(status).toBe(2);
    expect(out).toContain('::error title=Policy Guard::Not everything could be read or judged');
  });

  it('passes over what a baseline knows', async () => {
    put('cloudformation/template.yaml');
    const { out } = await runInspect([
      '--json',
      '--restricted',
      's3:DeleteBucket',
      join(workspace, 'cloudformation'),
    ]);
    writeFileSync(join(workspace, 'known.jsonl'), out.replaceAll(`${workspace}/`, ''));
    const inputs = { ...restricted, paths: 'cloudformation', baseline: 'known.jsonl' };
    expect(runAction(workspace, inputs).status).toBe(0);
  });

  it('takes no input for a part of its script', () => {
    put('cloudformation/template.yaml');
    const evil = '$(touch pwned); touch pwned';
    const { status } = runAction(workspace, { paths: `cloudformation\n${evil}`, restricted: evil });
    expect(status).toBe(2);
    expect(() => readFileSync(join(workspace, 'pwned'))).toThrow('ENOENT');
  });

  it('writes one comment, and later writes it anew', () => {
    put('cloudformation/template.yaml');
    const inputs = { ...restricted, comment: 'true' };
    const first = runAction(workspace, inputs, { pullRequest: '7' });
    expect(first.calls).toMatch(
      /--method POST repos\/acme\/infrastructure\/issues\/7\/comments --field body=@.*inspect\.md/,
    );
    const second = runAction(workspace, inputs, { pullRequest: '7', comments: '99' });
    expect(second.calls).toMatch(/--method PATCH repos\/acme\/infrastructure\/issues\/comments\/99 /);
    expect(second.calls).not.toContain('POST');
  });

  it('comments on nothing outside of a pull request', () => {
    put('cloudformation/unknown-resources.json');
    const { status, calls } = runAction(workspace, { ...restricted, comment: 'true' });
    expect({ status, calls }).toEqual({ status: 0, calls: '' });
  });

  it('uploads to code scanning where that is asked for', () => {
    put('cloudformation/unknown-resources.json');
    const uploads = (inputs: Record<string, string>) =>
      runAction(workspace, { ...restricted, ...inputs }).used.filter((each) => each.includes('upload-sarif'));
    expect(uploads({})).toEqual([]);
    expect(uploads({ 'code-scanning': 'true' })).toEqual(['github/codeql-action/upload-sarif@v3']);
  });

  it('has steps that bash can read, and puts inputs into them by the environment alone', () => {
    const scripts = readAction().runs.steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
    expect(scripts).not.toHaveLength(0);
    for (const script of scripts) {
      expect(() => checkScript(script)).not.toThrow();
      expect(script).not.toContain('${{');
    }
  });
});
