import { Command, Option } from 'commander';
import type { Context } from './context.ts';
import { dateOption } from './dates.ts';
import {
  addVerb,
  dataOption,
  fromOption,
  jsonOption,
  marketOption,
  portOption,
  rulesOption,
  type Settle,
  toOption,
} from './program-options.ts';
import { addProviders } from './program-providers.ts';
import { addServiceVerbs } from './program-service.ts';

const EXIT_CODES = `Exit codes: 0 fine, 1 something unexpected, 2 wrong usage or a missing file, 3 findings.
Results go to standard output, everything else to standard error.`;

/** The command with all its verbs; each verb's code is loaded only when it runs. */
export function createProgram(context: Context, settle: Settle): Command {
  const program = new Command('tidemark')
    .description(
      'Watches daily closes for a change of market leadership, and says what is new, since when, and how close.',
    )
    .version(context.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [verb]', 'print help for a verb')
    .addHelpText('after', `\n${EXIT_CODES}`)
    .enablePositionalOptions()
    .showHelpAfterError('(add --help for the options and examples)')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.out.write(text),
      writeErr: (text) => context.err.write(text),
      outputError: (text, write) => write(context.err.paint('red', text)),
      getOutHelpWidth: () => context.out.columns,
      getErrHelpWidth: () => context.err.columns,
    });
  for (const add of [
    addCalendar,
    addImport,
    addEval,
    addCheck,
    addReplay,
    addBacktest,
    addStates,
    addTest,
    addStart,
  ]) {
    add(program, context, settle);
  }
  addServiceVerbs(program, context, settle);
  addProviders(program, context, settle);
  return program;
}

function addCalendar(program: Command, context: Context, settle: Settle): void {
  addVerb(program, 'calendar')
    .addOption(fromOption().makeOptionMandatory())
    .addOption(toOption().makeOptionMandatory())
    .addOption(marketOption())
    .addOption(jsonOption())
    .action(async (options) => settle((await import('./verbs/calendar.ts')).listSessions(context, options)));
}

function addImport(program: Command, context: Context, settle: Settle): void {
  addVerb(program, 'import')
    .argument('<dir>', 'folder of CSV files')
    .addOption(
      new Option('--data-dir <path>', 'where observations are stored')
        .default('.tidemark')
        .conflicts('stack'),
    )
    .option(
      '--stack <name>',
      'a deployed stack instead, with the AWS credentials and region of the environment',
    )
    .addOption(marketOption())
    .addOption(jsonOption())
    .action(async (dir: string, options) =>
      settle(await (await import('./verbs/import.ts')).importFolder(context, dir, options)),
    );
}

function addEval(program: Command, context: Context, settle: Settle): void {
  addVerb(program, 'eval')
    .argument('<expr>', 'an expression, or - for one per line of standard input')
    .addOption(dataOption())
    .addOption(fromOption())
    .addOption(toOption())
    .addOption(
      new Option('--at <date>', 'the one session to compute').argParser(dateOption).conflicts(['from', 'to']),
    )
    .addOption(marketOption())
    .addOption(jsonOption())
    .action(async (expression: string, options) =>
      settle(await (await import('./verbs/eval.ts')).evaluate(context, expression, options)),
    );
}

function addCheck(program: Command, context: Context, settle: Settle): void {
  addVerb(program, 'check')
    .argument('[path...]', 'rules files or folders (default: rules here, else those that ship)')
    .addOption(dataOption())
    .addOption(marketOption())
    .option('--strict', 'exit with 3 on warnings too')
    .addOption(jsonOption())
    .action(async (paths: string[], options) =>
      settle((await import('./verbs/check.ts')).check(context, paths, options)),
    );
}

function addReplay(program: Command, context: Context, settle: Settle): void {
  addVerb(program, 'replay')
    .addOption(dataOption().makeOptionMandatory())
    .addOption(rulesOption())
    .addOption(fromOption())
    .addOption(toOption())
    .addOption(marketOption())
    .option('--full', 'print whole e-mails')
    .addOption(jsonOption())
    .action(async (options) => settle((await import('./verbs/replay.ts')).replay(context, options)));
}

function addBacktest(program: Command, context: Context, settle: Settle): void {
  addVerb(program, 'backtest')
    .argument('<rule>', 'id of the rule')
    .addOption(dataOption().makeOptionMandatory())
    .addOption(rulesOption())
    .addOption(marketOption())
    .addOption(jsonOption())
    .action(async (rule: string, options) =>
      settle((await import('./verbs/backtest.ts')).backtest(context, rule, options)),
    );
}

function addStates(program: Command, context: Context, settle: Settle): void {
  addVerb(program, 'states')
    .addOption(dataOption().makeOptionMandatory())
    .addOption(rulesOption())
    .addOption(fromOption())
    .addOption(toOption())
    .addOption(marketOption())
    .addOption(jsonOption())
    .action(async (options) => settle((await import('./verbs/states.ts')).states(context, options)));
}

function addTest(program: Command, context: Context, settle: Settle): void {
  addVerb(program, 'test')
    .argument('[path...]', 'rule tests or folders of them (default: rules here, else those that ship)')
    .addOption(marketOption())
    .addOption(jsonOption())
    .action(async (paths: string[], options) =>
      settle((await import('./verbs/test.ts')).testRules(context, paths, options)),
    );
}

function addStart(program: Command, context: Context, settle: Settle): void {
  addVerb(program, 'start')
    .option('--data <dir>', 'folder of CSV files to use instead of the sample, with a store of its own')
    .option('--data-dir <path>', 'where everything is kept (default: .tidemark, or below it for --data)')
    .option('--live', 'ask the providers whose keys are in the environment, and those that need none')
    .option('--once', 'do what a start does, and end')
    .option('--reset', 'remove everything that is kept there first')
    .addOption(portOption())
    .addOption(rulesOption())
    .addOption(marketOption())
    .addOption(jsonOption())
    .action(async (options) => settle(await (await import('./verbs/start.ts')).start(context, options)));
}
