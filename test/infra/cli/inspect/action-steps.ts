import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { parse } from 'yaml';
import { makeFolder } from './run-inspect.ts';

const root = join(import.meta.dirname, '../../../..');
const actionFolder = join(root, '.github/actions/inspect');

interface Step {
  id?: string;
  name?: string;
  if?: string;
  run?: string;
  shell?: string;
  uses?: string;
  env?: Record<string, string>;
}

interface Action {
  inputs: Record<string, { default: string }>;
  outputs: Record<string, { value: string }>;
  runs: { using: string; steps: Step[] };
}

interface ActionResult {
  /** Of the first step that failed, or 0. */
  status: number;
  out: string;
  outputs: Record<string, string>;
  summary: string;
  /** What was called instead of GitHub's own command, a line each. */
  calls: string;
  /** Steps that use other actions, where their condition held. */
  used: string[];
}

export function readAction(): Action {
  return parse(readFileSync(join(actionFolder, 'action.yml'), 'utf8'));
}

/**
 * Runs the steps of the action one after another, as a runner does it.
 *
 * @param workspace the folder of the repository that is checked
 * @param comments ids of comments that the pull request has already
 */
export function runAction(
  workspace: string,
  inputs: Record<string, string>,
  { pullRequest = '', comments = '' }: { pullRequest?: string; comments?: string } = {},
): ActionResult {
  const action = readAction();
  const temporary = makeFolder();
  const files = { output: join(temporary, 'output'), summary: join(temporary, 'summary') };
  for (const file of Object.values(files)) writeFileSync(file, '');
  const values = new Map<string, string>([
    ...Object.entries(action.inputs).map(([name, { default: value }]): [string, string] => [
      `inputs.${name}`,
      value,
    ]),
    ...Object.entries(inputs).map(([name, value]): [string, string] => [`inputs.${name}`, value]),
    ['github.token', 'token'],
    ['github.event.pull_request.number', pullRequest],
  ]);
  const fill = (text: string): string =>
    text.replace(/\$\{\{ ([\w.-]+) \}\}/g, (_, name: string) => fill(values.get(name) ?? ''));
  const result: ActionResult = { status: 0, out: '', outputs: {}, summary: '', calls: '', used: [] };
  for (const step of action.runs.steps) {
    if (!holds(step.if, values)) continue;
    if (step.uses) result.used.push(fill(step.uses));
    if (step.run === undefined) continue;
    const env = Object.fromEntries(
      Object.entries(step.env ?? {}).map(([name, value]) => [name, fill(value)]),
    );
    const { status, stdout, stderr } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', step.run], {
      cwd: workspace,
      encoding: 'utf8',
      env: { ...surroundings(temporary, files, comments), ...env },
    });
    result.out += stdout + stderr;
    for (const line of readFileSync(files.output, 'utf8').split('\n').filter(Boolean)) {
      const [name = '', value = ''] = line.split(/=(.*)/s);
      values.set(`steps.${step.id}.outputs.${name}`, value);
    }
    writeFileSync(files.output, '');
    if (status !== 0) {
      result.status = status ?? -1;
      break;
    }
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [name, fill(value)]);
  const calls = join(temporary, 'calls');
  return {
    ...result,
    outputs: Object.fromEntries(outputs),
    summary: readFileSync(files.summary, 'utf8'),
    calls: existsSync(calls) ? readFileSync(calls, 'utf8') : '',
  };
}

/** Conditions of the form `${{ inputs.x == 'y' }}`. */
function holds(condition: string | undefined, values: ReadonlyMap<string, string>): boolean {
  if (condition === undefined) return true;
  const match = /^\$\{\{ ([\w.-]+) == '([^']*)' \}\}$/.exec(condition);
  if (!match) throw new Error(`The condition ${condition} can't be evaluated here.`);
  return values.get(match[1] ?? '') === match[2];
}

function surroundings(
  temporary: string,
  files: { output: string; summary: string },
  comments: string,
): Record<string, string> {
  const commands = join(temporary, 'bin');
  if (!existsSync(commands)) fakeGitHub(commands, temporary, comments);
  return {
    PATH: [commands, dirname(process.execPath), '/usr/bin', '/bin'].join(delimiter),
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? '',
    HOME: temporary,
    GITHUB_ACTION_PATH: actionFolder,
    GITHUB_OUTPUT: files.output,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_REPOSITORY: 'acme/infrastructure',
    RUNNER_TEMP: temporary,
  };
}

/** Stands for `gh`: writes down its calls and lists the given comments. */
function fakeGitHub(folder: string, temporary: string, comments: string): void {
  mkdirSync(folder);
  const path = join(folder, 'gh');
  writeFileSync(
    path,
    `#!/bin/sh\necho "$*" >>'${join(temporary, 'calls')}'\ncase "$*" in *--jq*) printf '%s' '${comments}' ;; esac\n`,
  );
  chmodSync(path, 0o755);
}

/** Whether a script is one that bash can read. */
export function checkScript(script: string): void {
  execFileSync('bash', ['-n', '-c', script]);
}
