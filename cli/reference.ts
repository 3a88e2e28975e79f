import type { Command } from 'commander';
import type { Context, Output } from './context.ts';
import { createProgram } from './program.ts';
import { VERB_NOTES, type VerbName } from './verb-notes.ts';

const HEAD = `# The command

<!-- Written from the verbs' own definitions in cli/: change them there, then write this page again. -->

\`tidemark <verb>\`, run as \`npx tidemark\` in the checkout. Results go to standard output, everything else to standard
error. \`--json\` prints one JSON object per line: figures are rounded to 12 significant digits, no data is \`null\`,
instants are written \`2026-01-02T21:00:00Z\`. Dates are written \`YYYY-MM-DD\`; \`--from\` and \`--to\` are inclusive and choose
what is printed, never what is computed from.

| exit code | means |
|---|---|
| 0 | fine |
| 1 | something unexpected; \`TIDEMARK_DEBUG=1\` shows where |
| 2 | wrong usage, or a missing file |
| 3 | findings: an error in rules or in an expression (with \`--strict\` a warning too), a failing rule test, refused cells |

Without \`--rules\`, the folder \`rules\` of the current folder applies, else the rules that ship. Without \`--market\`, a
\`market.yaml\` beside the rules named applies, else \`rules/market.yaml\`. Price files in a data folder that the market does
not declare are added for that call. Colours follow \`NO_COLOR\` and \`FORCE_COLOR\`.
`;

const NOWHERE: Output = {
  write: () => {},
  flush: async () => {},
  columns: 80,
  terminal: false,
  paint: (_style, text) => text,
};

// The definitions are read, nothing is run.
const SILENT: Context = {
  out: NOWHERE,
  err: NOWHERE,
  input: (async function* () {})(),
  now: 0,
  clock: () => 0,
  ticks: () => 0,
  interrupted: async () => {},
  chance: () => 0,
  secret: () => '',
  pause: async () => {},
  folder: '.',
  packageFolder: '.',
  environment: {},
  version: '',
};

// An object in braces, with up to two more levels inside.
const SHAPE = /\{[^{}]*(?:\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}[^{}]*)*\}/g;

/** The reference of the command as Markdown, from the same definitions as its help. */
export function commandReference(): string {
  const program = createProgram(SILENT, () => {});
  return [HEAD, ...program.commands.map(verbSection)].join('\n');
}

function verbSection(command: Command): string {
  const { summary, examples, json } = VERB_NOTES[command.name() as VerbName];
  const options = command.options.map(
    (option) => `| \`${option.flags}\` | ${option.description}${option.mandatory ? ' (required)' : ''} |`,
  );
  const inputs = command.registeredArguments.map(
    (argument) => `| \`${argument.name()}\` | ${argument.description} |`,
  );
  return `## ${command.name()}

\`tidemark ${command.name()} ${command.usage()}\`: ${summary}.

| | |
|---|---|
${[...inputs, ...options].join('\n')}

With \`--json\`: ${json.replaceAll(SHAPE, (shape) => `\`${shape}\``)}.

\`\`\`sh
${examples.map((example) => `npx tidemark ${example}`).join('\n')}
\`\`\`
`;
}
