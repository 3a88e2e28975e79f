import { type LastAnswer, readAnswers, readConfigured } from '../../adapters/providers/answered.ts';
import { type AnswerKind, PROVIDERS, type ProviderName } from '../../adapters/providers/answer.ts';
import { givesCloses, isChosen, NO_CLOSES } from '../../adapters/providers/offers.ts';
import type { Context } from '../context.ts';
import type { Examined } from '../service/examine.ts';
import type { Service } from '../service/service.ts';
import { configuredIn, openProviders } from './providers.ts';
import { standingText } from './tell.ts';

/** Answers that need nobody: data, or that there is none yet. */
const ORDINARY: readonly AnswerKind[] = ['ok', 'not_yet', 'no_session', 'missing_day', 'rate_minute'];

/** What looking at providers takes of a service. */
type Fed = Pick<Service, 'style' | 'topic' | 'live' | 'records'>;

/** Says of every provider whether it is configured, what it answered last, and what there is not without it. */
export async function examineProviders(context: Context, service: Fed): Promise<readonly Examined[]> {
  const { style, topic, live, records } = service;
  const configured = await configuredAt(context, service);
  if (style.sample !== undefined) return PROVIDERS.map((name) => unasked(name, configured));
  const answers = await readAnswers(records);
  const fed = live || topic !== null || isChosen(configured);
  const rows = PROVIDERS.map((name): Examined => {
    const on = configured.has(name);
    const answer = on ? answers.get(name) : undefined;
    const wrong = answer !== undefined && !ORDINARY.includes(answer.kind);
    const finding = `${standingText(name, on)}${on ? `; ${answerText(answer)}` : ''}`;
    return { check: name, state: wrong ? 'look' : 'fine', finding };
  });
  const state = fed ? 'look' : 'fine';
  return givesCloses(configured) ? rows : [{ check: 'providers', state, finding: NO_CLOSES }, ...rows];
}

/** On the sample nobody is asked, and nobody is missed. */
function unasked(name: ProviderName, configured: ReadonlySet<ProviderName>): Examined {
  const on = configured.has(name);
  const finding = `${standingText(name, on)}${on ? '; the sample asks nobody' : ''}`;
  return { check: name, state: 'fine', finding };
}

/** A stack has keys of its own, which its function notes; on this machine they are in the environment. */
async function configuredAt(
  context: Context,
  { topic, records }: Pick<Fed, 'topic' | 'records'>,
): Promise<ReadonlySet<ProviderName>> {
  if (topic === null) return configuredIn(context);
  return new Set((await readConfigured(records))?.providers);
}

function answerText(answer: LastAnswer | undefined): string {
  if (answer === undefined) return 'not asked yet';
  const { at, kind, detail } = answer;
  const when = new Date(at).toISOString().slice(0, 16).replace('T', ' ');
  return `answered ${kind} at ${when} UTC${detail === '' ? '' : `: ${detail}`}`;
}

/** Asks every provider in the environment of the call one small thing, stores nothing, and keeps what they answered. */
export async function askNow(
  context: Context,
  service: Pick<Service, 'records' | 'clock' | 'calendar' | 'declared'>,
): Promise<void> {
  const { records, clock, calendar, declared: market } = service;
  const last = calendar.lastFinished(clock());
  if (last === undefined) return;
  const { signal } = new AbortController();
  const sources = await openProviders(context, { records, clock, ground: { market, calendar }, signal });
  const fields = [...market.instruments.values()].flatMap(({ id, fields: own }) =>
    [...own].map(([field, { kind }]) => ({ series: `${id}.${field}`, kind })),
  );
  const closes = fields.filter(({ series, kind }) => kind === 'price' && series.endsWith('.close'));
  const levels = fields.filter(({ kind }) => kind !== 'price').map(({ series }) => series);
  const needs = [{ session: last, series: closes.slice(0, 1).map(({ series }) => series) }];
  for (const source of sources) {
    try {
      await source.fetch({ needs, levels, last, now: clock() });
    } catch (error) {
      context.err.write(`${error instanceof Error ? error.message : String(error)}\n`);
    }
  }
}
