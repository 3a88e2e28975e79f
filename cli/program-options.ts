import { type Command, InvalidArgumentError, Option } from 'commander';
import { dateOption } from './dates.ts';
import type { ExitCode } from './exit.ts';
import { wrap } from './output/wrap.ts';
import { VERB_NOTES, type VerbName } from './verb-notes.ts';

/** Told the exit code of the verb that ran. */
export type Settle = (code: ExitCode) => void;

export const dataOption = (): Option => new Option('--data <dir>', 'folder of CSV files to compute from');
export const rulesOption = (): Option =>
  new Option('--rules <path>', 'rules file or folder (default: rules here, else those that ship)');
export const marketOption = (): Option =>
  new Option('--market <file>', 'market.yaml to use (default: the one of the rules)');
export const fromOption = (): Option =>
  new Option('--from <date>', 'first date to print').argParser(dateOption);
export const toOption = (): Option => new Option('--to <date>', 'last date to print').argParser(dateOption);
export const portOption = (): Option =>
  new Option('--port <number>', 'port of the console; where it is taken, the next free one')
    .argParser(port)
    .default(8731);
export const jsonOption = (): Option => new Option('--json', 'one JSON object per line');

/** A verb with its summary, its examples and what it prints for scripts. */
export function addVerb(program: Command, name: VerbName): Command {
  const { summary, examples, json } = VERB_NOTES[name];
  const lines = examples.map((example) => `  $ tidemark ${example}`).join('\n');
  return program
    .command(name)
    .description(summary)
    .addHelpText('after', `\n${wrap(`With --json: ${json}.`, 80)}\n\nExamples:\n${lines}`);
}

function port(text: string): number {
  const value = Number(text);
  if (/^\d{1,5}$/.test(text) && value <= 65_535) return value;
  throw new InvalidArgumentError('Write a port from 1 to 65535, or 0 for any.');
}
