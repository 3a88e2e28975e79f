import type { Instant } from '../../shared/calendar/calendar.ts';
import type { RecordStore } from '../../shared/ports/records.ts';
import { changeJson, listJson, readJson } from '../../shared/service/json-record.ts';
import { type AnswerKind, type ProviderAnswer, PROVIDERS, type ProviderName } from './answer.ts';

/** What a provider answered last. */
export interface LastAnswer {
  readonly provider: ProviderName;
  readonly at: Instant;
  readonly kind: AnswerKind;
  /** One sentence for a reader, without any secret; empty where there is nothing to add. */
  readonly detail: string;
}

/** Who was configured when the service last asked. */
export interface Configured {
  readonly at: Instant;
  readonly providers: readonly ProviderName[];
}

const ANSWERS = 'answered/';
const CONFIGURED = 'configured-providers';
/** An answer like the one before is noted once a minute: filling history asks hundreds of times. */
const NOTED_MS = 60_000;

/** Keeps what a provider answered, for whoever looks at how things stand. The detail must hold no secret any more. */
export async function keepAnswer(
  records: RecordStore,
  provider: ProviderName,
  { kind, detail }: Pick<ProviderAnswer, 'kind' | 'detail'>,
  at: Instant,
): Promise<void> {
  await changeJson<LastAnswer>(records, `${ANSWERS}${provider}`, (before) => {
    const same = before?.kind === kind && before.detail === detail;
    return same && at - before.at < NOTED_MS ? null : { provider, at, kind, detail };
  });
}

/** What each provider answered last; one that was never asked is absent. */
export async function readAnswers(records: RecordStore): Promise<ReadonlyMap<ProviderName, LastAnswer>> {
  const kept = await listJson<LastAnswer>(records, ANSWERS);
  return new Map(kept.map(({ value }) => [value.provider, value]));
}

/** Keeps who is configured where the service runs: from elsewhere nobody could tell. */
export async function keepConfigured(
  records: RecordStore,
  configured: Iterable<ProviderName>,
  at: Instant,
): Promise<void> {
  const known = new Set(configured);
  const providers = PROVIDERS.filter((name) => known.has(name));
  await changeJson<Configured>(records, CONFIGURED, (before) =>
    before?.providers.join() === providers.join() ? null : { at, providers },
  );
}

/** Who was configured where the service runs; null where it never asked anybody. */
export async function readConfigured(records: RecordStore): Promise<Configured | null> {
  return (await readJson<Configured>(records, CONFIGURED))?.value ?? null;
}
