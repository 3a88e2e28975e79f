import type { Instant } from '../../shared/calendar/calendar.ts';
import type { ObservationStore } from '../../shared/ports/observations.ts';
import type { ObservationSource } from '../../shared/ports/source.ts';

/** Stores all that a source says before rules are looked at: they may name instruments that only it brings. */
export async function takeFirst(
  source: ObservationSource,
  observations: ObservationStore,
  { now, last }: { readonly now: Instant; readonly last: string },
): Promise<void> {
  const { batches } = await source.fetch({ needs: [], last, now });
  for (const batch of batches) await observations.record(batch, now);
  await source.stored();
}
