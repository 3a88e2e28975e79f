import {
  liftSilence,
  listSilences,
  type Silence,
  silence as silenceRule,
} from '../../shared/service/silences.ts';
import { isRulePattern } from '../../shared/subscriptions/pattern.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode, refuse } from '../exit.ts';
import { jsonLine } from '../output/json.ts';
import { table } from '../output/table.ts';
import { noteUnknownRules } from '../output/unknown-rules.ts';
import { type Service, type ServiceOptions, withService } from '../service/service.ts';

export interface SilenceOptions extends ServiceOptions {
  readonly until?: string;
  readonly why?: string;
  readonly list?: true;
  readonly remove?: string;
}

/** Silences a rule until a date, lists silences, or ends one. */
export function silence(
  context: Context,
  rule: string | undefined,
  options: SilenceOptions,
): Promise<ExitCode> {
  const { remove, until, why } = options;
  if (options.list) return withService(context, options, (service) => list(context, service, options));
  if (remove !== undefined) {
    return withService(context, options, (service) => lift(context, service, { id: remove, options }));
  }
  if (rule === undefined) refuse('name the rule to silence, or add --list or --remove ID.');
  if (!isRulePattern(rule))
    refuse(`\`${rule}\` names no rules: expected an id, a prefix such as small-cap-*, or *.`);
  if (until === undefined || why === undefined) refuse('a silence needs --until DATE and --why "REASON".');
  return withService(context, options, (service) => make(context, service, { rule, until, why, options }));
}

async function make(
  { out, err }: Context,
  { records, calendar, clock }: Service,
  { options, ...wanted }: { rule: string; until: string; why: string; options: SilenceOptions },
): Promise<ExitCode> {
  const outcome = await silenceRule({ records, calendar, now: clock() }, wanted);
  if (outcome.kind === 'refused') {
    if (options.json) out.write(jsonLine({ outcome: 'refused', reason: outcome.reason }));
    else err.write(`${err.paint('red', 'refused:')} ${outcome.reason}\n`);
    return EXIT.findings;
  }
  const { id, rule, last } = outcome.silence;
  if (options.json) out.write(jsonLine(silenceKeys(outcome.silence)));
  else
    out.write(
      `${rule} is silenced through ${last} (${id}); evaluation goes on, and if it still fires then, one reminder says so\n`,
    );
  // A silence of a rule that is not there, by a slip, would keep nothing from being sent.
  await noteUnknownRules(err, records, [rule]);
  return EXIT.fine;
}

function silenceKeys({ id, rule, last, why, createdAt }: Silence): Record<string, unknown> {
  return { id, rule, last, why, createdAt: new Date(createdAt).toISOString() };
}

const COLUMNS = ['id', 'rule', 'through', 'why'].map((title) => ({ title, align: 'left' as const }));

async function list({ out }: Context, service: Service, { json }: SilenceOptions): Promise<ExitCode> {
  const finished = service.calendar.lastFinished(service.clock()) ?? '';
  const standing = (await listSilences(service.records)).filter(({ last }) => last > finished);
  if (json) for (const one of standing) out.write(jsonLine(silenceKeys(one)));
  else if (standing.length === 0) out.write('no rule is silenced\n');
  else {
    const rows = standing.map(({ id, rule, last, why }) => [id, rule, last, why]);
    out.write(`${table(COLUMNS, rows).join('\n')}\n`);
  }
  return EXIT.fine;
}

async function lift(
  { out, err }: Context,
  { records, calendar, clock }: Service,
  { id, options }: { id: string; options: SilenceOptions },
): Promise<ExitCode> {
  const outcome = await liftSilence({ records, calendar, now: clock() }, id);
  if (options.json) out.write(jsonLine({ id, outcome }));
  else if (outcome === 'lifted') out.write(`${id} ends now\n`);
  else err.write(outcome === 'ended' ? `${id} has ended already\n` : `there is no silence ${id}\n`);
  return outcome === 'lifted' ? EXIT.fine : EXIT.findings;
}
