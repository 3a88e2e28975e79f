import { seriesOf } from '../../shared/acceptance/candidate.ts';
import { acceptHeld, rejectHeld } from '../../shared/service/decide-held.ts';
import { type HeldValue, listHeld } from '../../shared/service/held.ts';
import type { Context } from '../context.ts';
import { EXIT, type ExitCode, refuse } from '../exit.ts';
import { jsonLine } from '../output/json.ts';
import { table } from '../output/table.ts';
import { type Service, type ServiceOptions, withService } from '../service/service.ts';

export interface HeldOptions extends ServiceOptions {
  readonly why?: string;
  readonly rejected?: true;
}

/** What is asked: an action, and the ids or patterns of the values it is about. */
export interface HeldRequest {
  readonly action: 'list' | 'accept' | 'reject';
  readonly ids: readonly string[];
}

/** Lists values that wait before they are stored, or decides about them. */
export function held(context: Context, request: HeldRequest, options: HeldOptions): Promise<ExitCode> {
  const { action, ids } = request;
  if (action === 'list') return withService(context, options, (service) => list(context, service, options));
  if (ids.length === 0) refuse(`name what to ${action}: ids of tidemark held list, * for anything in them.`);
  const { why } = options;
  if (why === undefined || why.trim() === '') {
    refuse(`say why with --why "REASON": it is kept beside the value.`);
  }
  return withService(context, options, (service) => decide(context, service, { ...request, why, options }));
}

const COLUMNS = [
  { title: 'id', align: 'left' as const },
  { title: 'value', align: 'right' as const },
  { title: 'reason', align: 'left' as const },
  { title: 'since', align: 'left' as const },
  { title: 'detail', align: 'left' as const },
];

async function list(
  { out }: Context,
  { records }: Service,
  { json, rejected }: HeldOptions,
): Promise<ExitCode> {
  const wanted = rejected === undefined ? 'held' : 'rejected';
  const values = (await listHeld(records)).filter(({ state }) => state === wanted);
  if (json) for (const one of values) out.write(jsonLine(heldKeys(one)));
  else if (values.length === 0) out.write(`no value is ${wanted}\n`);
  else out.write(`${table(COLUMNS, values.map(row)).join('\n')}\n`);
  return EXIT.fine;
}

function row({ id, candidate, reason, detail, decided }: HeldValue): readonly string[] {
  const since = new Date(candidate.firstSeen).toISOString().slice(0, 16).replace('T', ' ');
  return [id, String(candidate.value), reason, since, decided === null ? detail : decided.why];
}

function heldKeys({ id, candidate, reason, detail, state, decided }: HeldValue): Record<string, unknown> {
  const { date, value, source, firstSeen } = candidate;
  const since = new Date(firstSeen).toISOString();
  const at = decided === null ? null : { at: new Date(decided.at).toISOString(), why: decided.why };
  return { id, series: seriesOf(candidate), date, value, source, reason, detail, since, state, decided: at };
}

interface Decision extends HeldRequest {
  readonly why: string;
  readonly options: HeldOptions;
}

async function decide(
  { out, err }: Context,
  { records, observations, market, calendar, clock }: Service,
  { action, ids, why, options }: Decision,
): Promise<ExitCode> {
  const act = action === 'accept' ? acceptHeld : rejectHeld;
  const outcome = await act({ records, observations, market, calendar, now: clock() }, { ids, why });
  if (outcome.kind === 'unknown') {
    if (options.json) out.write(jsonLine({ outcome: 'unknown', id: outcome.id }));
    else err.write(`${outcome.id} is not held: tidemark held list shows what is\n`);
    return EXIT.findings;
  }
  const done = action === 'accept' ? 'accepted' : 'rejected';
  for (const one of outcome.values) {
    if (options.json) out.write(jsonLine({ ...heldKeys(one), outcome: done }));
    else out.write(`${one.id} ${done}: ${one.candidate.value}\n`);
  }
  return EXIT.fine;
}
