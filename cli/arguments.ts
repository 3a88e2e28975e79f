import type { Command } from 'commander';

/** Verbs with an argument that may begin with a minus; it comes last. */
const TAKES_MINUS: ReadonlySet<string> = new Set(['eval', 'observe']);

const OPTION = /^(-h|--[a-z][a-z-]*(=.*)?)$/s;

/**
 * Marks an expression or a value that starts with a minus (`-ret(IWM)`, `-25`) as an argument: it moves behind a `--`, so that it
 * is not taken for an option. Arguments of other verbs are left as they are.
 */
export function protectExpression(argv: readonly string[], program: Command): string[] {
  const command = program.commands.find((candidate) => candidate.name() === argv[0]);
  if (command === undefined || !TAKES_MINUS.has(command.name()) || argv.includes('--')) return [...argv];
  const valued = new Set(command.options.filter((option) => option.required).map((option) => option.long));
  const kept: string[] = [];
  const expressions: string[] = [];
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index] ?? '';
    if (argument.length > 1 && argument.startsWith('-') && !OPTION.test(argument)) expressions.push(argument);
    else kept.push(argument);
    const value = argv[index + 1];
    if (valued.has(argument) && value !== undefined) {
      kept.push(value);
      index += 1;
    }
  }
  return expressions.length === 0 ? kept : [...kept, '--', ...expressions];
}
