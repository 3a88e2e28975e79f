import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { firstUnseen } from '../shared/visible.ts';
import type { Context } from './context.ts';
import { dateOption } from './dates.ts';
import {
  addVerb,
  fromOption,
  jsonOption,
  marketOption,
  rulesOption,
  type Settle,
  toOption,
} from './program-options.ts';

const SEVERITIES = ['info', 'notice', 'urgent'];
const KINDS = ['fired', 'updated', 'resolved', 'correction', 'blind', 'recovered', 'reminder'];
const STATES = ['unsent', 'claimed', 'sent', 'withheld', 'failed'];

/** Adds the verbs that act on the service, on this machine or on a deployed stack. */
export function addServiceVerbs(program: Command, context: Context, settle: Settle): void {
  for (const add of [
    addIngest,
    addEvaluate,
    addDeliver,
    addObserve,
    addAccept,
    addRules,
    addSubscribe,
    addConfirm,
    addUnsubscribe,
    addSubscriptions,
    addSilence,
    addHeld,
    addAlerts,
    addDoctor,
  ]) {
    add(program, context, settle);
  }
}

/** The options that say where a verb acts. */
function placed(command: Command): Command {
  return command
    .addOption(
      new Option('--data-dir <path>', 'the service on this machine').default('.tidemark').conflicts('stack'),
    )
    .option(
      '--stack <name>',
      'a deployed stack instead, with the AWS credentials and region of the environment',
    )
    .addOption(marketOption())
    .addOption(jsonOption());
}

function addIngest(program: Command, context: Context, settle: Settle): void {
  placed(
    addVerb(program, 'ingest')
      .option('--data <dir>', 'folder of CSV files to take closes from')
      .addOption(rulesOption()),
  ).action(async (options) => settle(await (await import('./verbs/ingest.ts')).ingest(context, options)));
}

function addEvaluate(program: Command, context: Context, settle: Settle): void {
  placed(addVerb(program, 'evaluate')).action(async (options) =>
    settle(await (await import('./verbs/evaluate.ts')).evaluate(context, options)),
  );
}

function addDeliver(program: Command, context: Context, settle: Settle): void {
  placed(addVerb(program, 'deliver')).action(async (options) =>
    settle(await (await import('./verbs/deliver.ts')).deliver(context, options)),
  );
}

function addObserve(program: Command, context: Context, settle: Settle): void {
  placed(
    addVerb(program, 'observe')
      .argument('<series>', 'INSTRUMENT.field, or INSTRUMENT for its close')
      .argument('<date>', 'the date it is of', dateOption)
      .argument('<value>', 'the value, in the unit that market.yaml declares')
      .requiredOption('--source <text>', 'where the value is from', words),
  ).action(async (series: string, date: string, value: string, options) =>
    settle(await (await import('./verbs/observe.ts')).observe(context, { series, date, value }, options)),
  );
}

function addAccept(program: Command, context: Context, settle: Settle): void {
  placed(
    addVerb(program, 'accept')
      .argument('<instrument>', 'whose close jumped')
      .argument('<session>', 'the session on which the jump shows', dateOption),
  ).action(async (instrument: string, session: string, options) =>
    settle(await (await import('./verbs/accept.ts')).accept(context, { instrument, session }, options)),
  );
}

function addRules(program: Command, context: Context, settle: Settle): void {
  placed(
    addVerb(program, 'rules')
      .argument('<action>', 'put, list or delete', oneOf(['put', 'list', 'delete']))
      .argument('[target]', 'a rules file to put, or the id of a rule to delete'),
  ).action(async (action, target: string | undefined, options) =>
    settle(await (await import('./verbs/rules.ts')).rules(context, { action, target }, options)),
  );
}

function addressed(command: Command): Command {
  return command
    .option('--email <address>', 'an e-mail address')
    .option('--sms <number>', 'a phone number with its country code');
}

function addSubscribe(program: Command, context: Context, settle: Settle): void {
  placed(
    addressed(addVerb(program, 'subscribe'))
      .option('--rules <patterns...>', 'ids of rules, or prefixes such as small-cap-*', ['*'])
      .addOption(
        new Option('--severity <level>', 'the quietest alerts wanted').choices(SEVERITIES).default('info'),
      )
      .option('--digest', 'one message a session instead of single alerts')
      .addOption(
        new Option('--format <look>', 'how e-mails look: html has a chart, and the text goes along')
          .choices(['text', 'html'] as const)
          .default('text' as const),
      ),
  ).action(async (options) =>
    settle(await (await import('./verbs/subscribe.ts')).subscribe(context, options)),
  );
}

function addConfirm(program: Command, context: Context, settle: Settle): void {
  placed(
    addVerb(program, 'confirm').argument('<token>', 'the token of the message that asked to confirm'),
  ).action(async (token: string, options) =>
    settle(await (await import('./verbs/confirm.ts')).confirm(context, token, options)),
  );
}

function addUnsubscribe(program: Command, context: Context, settle: Settle): void {
  placed(addressed(addVerb(program, 'unsubscribe'))).action(async (options) =>
    settle(await (await import('./verbs/unsubscribe.ts')).unsubscribe(context, options)),
  );
}

function addSubscriptions(program: Command, context: Context, settle: Settle): void {
  placed(addVerb(program, 'subscriptions').option('--show', 'print addresses in full')).action(
    async (options) =>
      settle(await (await import('./verbs/subscriptions.ts')).subscriptions(context, options)),
  );
}

function addSilence(program: Command, context: Context, settle: Settle): void {
  placed(
    addVerb(program, 'silence')
      .argument('[rule]', 'id of a rule, or a prefix such as small-cap-*')
      .addOption(new Option('--until <date>', 'the last date of the silence').argParser(dateOption))
      .option('--why <reason>', 'why, for whoever wonders later', words)
      .option('--list', 'list the silences that stand')
      .option('--remove <id>', 'end a silence now'),
  ).action(async (rule: string | undefined, options) =>
    settle(await (await import('./verbs/silence.ts')).silence(context, rule, options)),
  );
}

function addHeld(program: Command, context: Context, settle: Settle): void {
  placed(
    addVerb(program, 'held')
      .addArgument(new Argument('<action>', 'what to do').choices(['list', 'accept', 'reject']))
      .argument('[id...]', 'held values by the ids that the list shows; * stands for anything in one')
      .option('--why <reason>', 'why it is right or wrong, for whoever wonders later', words)
      .option('--rejected', 'list what was rejected instead'),
  ).action(async (action, ids: string[], options) =>
    settle(await (await import('./verbs/held.ts')).held(context, { action, ids }, options)),
  );
}

function addAlerts(program: Command, context: Context, settle: Settle): void {
  placed(
    addVerb(program, 'alerts')
      .argument('[id]', 'one alert, to be shown in full')
      .addOption(fromOption())
      .addOption(toOption())
      .option('--rule <pattern>', 'of this rule, or of rules with this prefix, as small-cap-*')
      .addOption(new Option('--kind <kind>', 'of this kind').choices(KINDS))
      .addOption(new Option('--state <state>', 'whose delivery stands so').choices(STATES))
      .option('--limit <count>', 'at most so many, newest first', count, 50),
  ).action(async (id: string | undefined, options) =>
    settle(await (await import('./verbs/alerts.ts')).alerts(context, id, options)),
  );
}

function addDoctor(program: Command, context: Context, settle: Settle): void {
  placed(
    addVerb(program, 'doctor').option('--ask', 'ask every provider of the environment one small thing first'),
  ).action(async (options) => settle(await (await import('./verbs/doctor.ts')).doctor(context, options)));
}

function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Write a whole number above 0.');
  return value;
}

/** What others read, on pages and in messages. */
function words(text: string): string {
  const unseen = firstUnseen(text);
  if (unseen === null) return text;
  throw new InvalidArgumentError(`Write what can be seen: it holds ${unseen}.`);
}

function oneOf(choices: readonly string[]): (text: string) => string {
  return (text) => {
    if (choices.includes(text)) return text;
    throw new InvalidArgumentError(`Write one of ${choices.join(', ')}.`);
  };
}
