import type { Session } from '../../shared/calendar/calendar.ts';
import type { Diagnostic } from '../../shared/expression/diagnostic.ts';
import { describe } from '../../shared/expression/position.ts';
import type { CheckedExpression } from '../../shared/rules/rule.ts';
import type { Context } from '../context.ts';
import { type Period, requirePeriod, requireSession } from '../dates.ts';
import { createEvaluator, type Evaluator, type Value } from '../evaluator.ts';
import { EXIT, type ExitCode, refuse } from '../exit.ts';
import { lines } from '../lines.ts';
import { readsInstrument, tellBreaks } from '../load/breaks.ts';
import { type Loaded, loadOrTell } from '../load/folder.ts';
import { inUnit } from '../output/figures.ts';
import { jsonLine } from '../output/json.ts';
import { tellSample } from '../output/sample.ts';
import { printEvaluated } from '../output/evaluation.ts';

export interface EvalOptions extends Period {
  readonly data?: string;
  readonly at?: string;
  readonly market?: string;
  readonly json?: true;
}

/** Computes one expression on the sessions asked for, or with `-` each line of standard input on one session. */
export async function evaluate(context: Context, source: string, options: EvalOptions): Promise<ExitCode> {
  const loaded = loadOrTell(context, options);
  if (!loaded) return EXIT.findings;
  requirePeriod(loaded.calendar, options);
  const at = options.at === undefined ? null : requireSession(loaded.calendar, '--at', options.at);
  const evaluator = createEvaluator(loaded, async () => {
    const { ruleStates } = await import('../load/states.ts');
    return ruleStates(context, loaded);
  });
  const linewise = source === '-';
  if (linewise && (options.from !== undefined || options.to !== undefined)) {
    refuse('eval - computes one session: name it with --at instead of --from and --to.');
  }
  tellSample(options.json || linewise ? context.err : context.out, loaded.sample);
  if (linewise) {
    if (loaded.snapshot) tellBreaks(context, loaded.snapshot, () => true);
    return evaluateLines(context, evaluator, {
      session: sessionOf(loaded, at),
      json: options.json === true,
    });
  }
  const answer = await evaluator.analyze(source);
  if (!answer.ok) return tellErrors(context, source, answer.errors, options);
  const { snapshot } = loaded;
  if (snapshot) tellBreaks(context, snapshot, readsInstrument(answer.expression, snapshot));
  for (const lint of answer.warnings) {
    context.err.write(`${context.err.paint('yellow', 'warning:')} ${describe(lint, source)}\n`);
  }
  const sessions = sessionsOf(loaded, options, at);
  const values = evaluator.values(answer, sessions);
  printValues(context, answer, { sessions, values, json: options.json === true });
  return EXIT.fine;
}

interface Printed {
  readonly sessions: readonly (Session | null)[];
  readonly values: readonly Value[];
  readonly json: boolean;
}

function printValues({ out }: Context, { text, type }: CheckedExpression, printed: Printed): void {
  const { sessions, values } = printed;
  if (printed.json) {
    sessions.forEach((session, index) => out.write(jsonLine({ session, value: values[index] ?? null })));
  } else if (sessions[0] === null) {
    out.write(`${inUnit(values[0] ?? null, type)}\n`);
  } else {
    printEvaluated(out, { text, type, sessions: sessions.map(String), values });
  }
}

/** The session of `eval -`: the one asked for, else the last loaded one; null where nothing is loaded. */
function sessionOf({ snapshot }: Loaded, at: Session | null): Session | null {
  if (!snapshot) return null;
  return at ?? snapshot.sessions.at(-1) ?? null;
}

/** The sessions to print: what was asked for, also outside the loaded values; without data the one that is none. */
function sessionsOf({ snapshot, calendar }: Loaded, period: Period, at: Session | null): (Session | null)[] {
  if (!snapshot) return [null];
  if (at !== null) return [at];
  const from = period.from ?? snapshot.sessions[0];
  const to = period.to ?? snapshot.sessions.at(-1);
  if (from === undefined || to === undefined) return [];
  return from > to ? [] : [...calendar.range(from, to)];
}

interface LineOptions {
  readonly session: Session | null;
  readonly json: boolean;
}

async function evaluateLines(
  context: Context,
  evaluator: Evaluator,
  options: LineOptions,
): Promise<ExitCode> {
  for await (const some of lines(context.input)) {
    for (const expr of some) context.out.write(await answerLine(evaluator, expr, options));
    await context.out.flush();
  }
  return EXIT.fine;
}

async function answerLine(
  evaluator: Evaluator,
  expr: string,
  { session, json }: LineOptions,
): Promise<string> {
  const answer = await evaluator.analyze(expr);
  if (!answer.ok) {
    if (json) return jsonLine({ expr, errors: answer.errors.map(errorKeys) });
    const [first] = answer.errors;
    return `error: ${first ? `${first.line}:${first.column}: ${first.message}` : ''}\n`;
  }
  const [value = null] = evaluator.values(answer, [session]);
  return json ? jsonLine({ expr, session, value }) : `${inUnit(value, answer.type)}\n`;
}

function tellErrors(
  context: Context,
  expr: string,
  errors: readonly Diagnostic[],
  { json }: Pick<EvalOptions, 'json'>,
): ExitCode {
  if (json) context.out.write(jsonLine({ expr, errors: errors.map(errorKeys) }));
  else for (const error of errors) context.err.write(`${errorText(context, error, expr)}\n`);
  return EXIT.findings;
}

function errorText({ err }: Context, error: Diagnostic, source: string): string {
  const text = `${err.paint('red', 'error:')} ${describe(error, source)}`;
  return error.fix === null ? text : `${text}\n${err.paint('dim', 'try:')} ${error.fix}`;
}

/** An error as scripts read it. */
function errorKeys({ code, line, column, message, fix }: Diagnostic): Record<string, string | number | null> {
  return { code, line, column, message, fix };
}
