import { SECTIONS, SETTINGS } from '../../workflow/runtime/settings/schema.ts';

const WIDTH = 102;

const HEAD = `# Every setting of Policy Guard, one line of explanation each. Copy this file to .env and fill in what you need.
# \`npm start\` needs none of them. A bad value stops the start (or the deployment) and every bad key is named.
`;

/** The text of \`.env.example\`: every setting that a person may give, under its heading, made of the table. */
export function envExample(): string {
  const sections = Object.entries(SECTIONS).map(([section, heading]) => {
    const entries = Object.entries(SETTINGS).flatMap(([name, setting]) =>
      setting.by === section ? describe(name, setting) : [],
    );
    return [`# ── ${heading} `.padEnd(WIDTH, '─'), ...entries].join('\n');
  });
  return `${[HEAD, ...sections.map((section) => `${section}\n`)].join('\n')}`;
}

interface Shown {
  about: string;
  list?: { file: string };
  recommended?: { text: string; value: string };
}

function describe(name: string, { about, list, recommended }: Shown): string[] {
  const [first = '', ...more] = about.split('\n');
  return [
    `# ${first}`,
    ...(recommended ? [`# ${recommended.text}`, `# ${name}=${recommended.value}`] : []),
    ...more.map((line) => `# ${line}`),
    `${name}=`,
    ...(list ? [`# Instead of ${name}: a text file ${list.file}; # begins a comment.`, `${name}_FILE=`] : []),
  ];
}
