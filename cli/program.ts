import { Command, Option } from 'commander';
import type { Context } from './context.ts';
import { dateOption } from './dates.ts';
import type { ExitCode } from './exit.ts';

/** Told the exit code of the verb that ran. */
export type Settle = (code: ExitCode) => void;

const EXIT_CODES = `Exit codes: 0 fine, 1 something unexpected, 2 wrong usage or a missing file, 3 findings.
Results go to standard output, everything else to standard error.`;

/** The command with all its verbs; each verb's code is loaded only when it runs. */
export function createProgram(context: Context, settle: Settle): Command {
  const program = new Command('tidemark')
    .description('Watches daily closes for a change of market leadership, and says what is new, since when, and how close.')
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
  for (const add of [addCalendar, addImport, addEval, addCheck, addReplay, addBacktest, addStates, addTest, addStart]) {
    add(program, context, settle);
  }
  return program;
}

const dataOption = (): Option => new Option('--data <dir>', 'folder of CSV files to compute from');
const rulesOption = (): Option =>
  new Option('--rules <path>', 'rules file or folder (default: rules here, else those that ship)');
const marketOption = (): Option =>
  new Option('--market <file>', 'market.yaml to use (default: the one of the rules)');
const fromOption = (): Option => new Option('--from <date>', 'first date to print').argParser(dateOption);
const toOption = (): Option => new Option('--to <date>', 'last date to print').argParser(dateOption);
const jsonOption = (): Option => new Option('--json', 'one JSON object per line');

function addVerb(program: Command, name: string, summary: string, examples: readonly string[]): Command {
  const lines = examples.map((example) => `  $ tidemark ${example}`).join('\n');
  return program.command(name).description(summary).addHelpText('after', `\nExamples:\n${lines}`);
}

function addCalendar(program: Command, context: Context, settle: Settle): void {
  addVerb(program, 'calendar', 'list the sessions of the New York Stock Exchange with their opening and closing times', [
    'calendar --from 2026-01-01 --to 2026-01-31',
    'calendar --from 2025-11-24 --to 2025-11-28 --json',
  ])
    .addOption(fromOption().makeOptionMandatory())
    .addOption(toOption().makeOptionMandatory())
    .addOption(marketOption())
    .addOption(jsonOption())
    .action(async (options) => settle((await import('./verbs/calendar.ts')).listSessions(context, options)));
}

function addImport(program: Command, context: Context, settle: Settle): void {
  addVerb(program, 'import', 'store the observations of a folder of CSV files, refusing bad cells one by one', [
    'import closes',
    'import closes --data-dir .tidemark --json',
  ])
    .argument('<dir>', 'folder of CSV files')
    .option('--data-dir <path>', 'where observations are stored', '.tidemark')
    .addOption(marketOption())
    .addOption(jsonOption())
    .action(async (dir: string, options) =>
      settle(await (await import('./verbs/import.ts')).importFolder(context, dir, options)),
    );
}

function addEval(program: Command, context: Context, settle: Settle): void {
  addVerb(program, 'eval', 'compute an expression on every session, or with - one expression per line of standard input', [
    'eval "2 + 30%"',
    'eval "streak(ret(IWM) > ret(SPY))" --data closes',
    'eval "ytd(IWM) - ytd(SPY)" --data closes --at 2026-01-12 --json',
    'eval "-drawdown(SPY)" --data closes --from 2026-01-02',
    'eval - --data closes < expressions.txt',
  ])
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
  addVerb(program, 'check', 'check rules files, and with --data how they behave on stored history', [
    'check',
    'check rules --data closes --strict',
    'check rules/small-caps.yaml --json',
  ])
    .argument('[path...]', 'rules files or folders (default: rules here, else those that ship)')
    .addOption(dataOption())
    .addOption(marketOption())
    .option('--strict', 'exit with 3 on warnings too')
    .addOption(jsonOption())
    .action(async (paths: string[], options) =>
      settle(await (await import('./verbs/check.ts')).check(context, paths, options)),
    );
}

function addReplay(program: Command, context: Context, settle: Settle): void {
  addVerb(program, 'replay', 'tell every alert the rules would have sent, as known on its day', [
    'replay --data closes --from 2026-01-02',
    'replay --data closes --from 2026-01-12 --to 2026-01-12 --full',
    'replay --data closes --json',
  ])
    .addOption(dataOption().makeOptionMandatory())
    .addOption(rulesOption())
    .addOption(fromOption())
    .addOption(toOption())
    .addOption(marketOption())
    .option('--full', 'print whole e-mails')
    .addOption(jsonOption())
    .action(async (options) => settle(await (await import('./verbs/replay.ts')).replay(context, options)));
}

function addBacktest(program: Command, context: Context, settle: Settle): void {
  addVerb(program, 'backtest', "list a rule's episodes over all history and what followed them", [
    'backtest small-cap-streak --data closes',
    'backtest small-cap-streak --data closes --json',
  ])
    .argument('<rule>', 'id of the rule')
    .addOption(dataOption().makeOptionMandatory())
    .addOption(rulesOption())
    .addOption(marketOption())
    .addOption(jsonOption())
    .action(async (rule: string, options) =>
      settle(await (await import('./verbs/backtest.ts')).backtest(context, rule, options)),
    );
}

function addStates(program: Command, context: Context, settle: Settle): void {
  addVerb(program, 'states', 'print the state of every rule on every session', [
    'states --data closes --from 2026-01-02',
    'states --data closes --from 2026-01-12 --to 2026-01-12 --json',
  ])
    .addOption(dataOption().makeOptionMandatory())
    .addOption(rulesOption())
    .addOption(fromOption())
    .addOption(toOption())
    .addOption(marketOption())
    .addOption(jsonOption())
    .action(async (options) => settle(await (await import('./verbs/states.ts')).states(context, options)));
}

function addTest(program: Command, context: Context, settle: Settle): void {
  addVerb(program, 'test', 'run rule tests: series in a short notation, alerts expected per session', [
    'test',
    'test rules/small-caps.test.yaml --json',
  ])
    .argument('[path...]', 'rule tests or folders of them (default: rules here, else those that ship)')
    .addOption(marketOption())
    .addOption(jsonOption())
    .action(async (paths: string[], options) =>
      settle(await (await import('./verbs/test.ts')).testRules(context, paths, options)),
    );
}

function addStart(program: Command, context: Context, settle: Settle): void {
  addVerb(program, 'start', 'show the latest alerts at once, on sample data or on a folder of your own', [
    'start',
    'start --data closes',
  ])
    .option('--data <dir>', 'folder of CSV files to use instead of the sample')
    .addOption(rulesOption())
    .addOption(marketOption())
    .addOption(jsonOption())
    .action(async (options) => settle(await (await import('./verbs/start.ts')).start(context, options)));
}
