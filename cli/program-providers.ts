import { type Command, InvalidArgumentError, Option } from 'commander';
import { PROVIDERS, type ProviderName } from '../adapters/providers/answer.ts';
import type { Context } from './context.ts';
import { dateOption } from './dates.ts';
import { addVerb, jsonOption, marketOption, type Settle } from './program-options.ts';

const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?(?:Z|[+-]\d{2}:\d{2})$/;

/** Adds the verb that looks into the providers of data. */
export function addProviders(program: Command, context: Context, settle: Settle): void {
  addVerb(program, 'providers')
    .argument('<action>', 'parse', oneOf(['parse']))
    .argument('<name>', PROVIDERS.join(', '), oneOf(PROVIDERS))
    .argument('<file>', 'a saved answer, as it came')
    .option('--symbol <symbols>', 'what was asked for; several with commas')
    .addOption(new Option('--session <date>', 'the newest session asked for').argParser(dateOption))
    .addOption(new Option('--status <code>', 'the HTTP status it came with').argParser(status).default(200))
    .addOption(new Option('--now <instant>', 'when it came, such as 2026-01-30T22:20:00Z').argParser(instant))
    .addOption(marketOption())
    .addOption(jsonOption())
    .action(async (_action: string, name: ProviderName, file: string, options) =>
      settle((await import('./verbs/providers.ts')).parseSaved(context, { name, file }, options)),
    );
}

function oneOf<Choice extends string>(choices: readonly Choice[]): (text: string) => Choice {
  return (text) => {
    const choice = choices.find((known) => known === text);
    if (choice === undefined) throw new InvalidArgumentError(`Choose ${choices.join(', ')}.`);
    return choice;
  };
}

function status(text: string): number {
  if (!/^[1-5]\d\d$/.test(text)) throw new InvalidArgumentError('Write an HTTP status such as 429.');
  return Number(text);
}

function instant(text: string): number {
  const at = INSTANT.test(text) ? Date.parse(text) : Number.NaN;
  const day = /^\d{4}-\d{2}-\d{2}$/.test(text) ? Date.parse(`${dateOption(text)}T23:59:59Z`) : at;
  if (Number.isNaN(day)) throw new InvalidArgumentError('Write an instant such as 2026-01-30T22:20:00Z.');
  return day;
}
