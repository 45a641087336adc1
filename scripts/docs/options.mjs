/** docs/options.md: every option, from the option table. */
import { defaultText } from '../../dist/cli/help.js';
import { OPTION_GROUPS, OPTION_LIST } from '../../dist/config/index.js';
import { cell, code } from './table-cell.mjs';

const INTRODUCTION = `# Options

<!-- Generated from src/config by \`npm run docs\`: edit the table there. -->

Each option is a flag (\`--maxmemory 2gb\`), an environment variable (\`RINGSHARD_MAXMEMORY=2gb\`) and a line of a
configuration file in redis.conf's syntax (\`maxmemory 2gb\`); flags outweigh variables, those outweigh the file. A variable
whose name ends with \`_FILE\` names a file that holds the value, such as \`RINGSHARD_PASSWORD_FILE\` for the password. Sizes:
\`1k\` is 1000 bytes, \`1kb\` 1024, and so on with m and g. "Live": CONFIG SET changes it while the server runs.
`;

function row(option) {
  const { name, type, live, summary } = option;
  return `| ${[code(name), code(type.placeholder), cell(summary), cell(defaultText(option)), live ? 'yes' : ''].join(' | ')} |`;
}

function section(group) {
  const options = OPTION_LIST.filter((option) => option.group === group);
  const head = ['| option | value | what it is | default | live |', '| --- | --- | --- | --- | --- |'];
  return [`## ${group}`, '', ...head, ...options.map(row), ''].join('\n');
}

function acceptedSection() {
  const names = OPTION_LIST.filter(({ group, hidden }) => group === undefined && !hidden).map(({ name }) => code(name));
  return [
    '## Accepted, without effect',
    '',
    "Options of Redis that a configuration file may hold. They are checked, kept and shown by CONFIG GET, and change nothing: what they're about does not exist here (yet), or needs no setting.",
    '',
    `${names.join(', ')}.`,
    '',
  ].join('\n');
}

export function optionsPage() {
  return [INTRODUCTION, ...OPTION_GROUPS.map(section), acceptedSection()].join('\n');
}
