import type { LocalStore } from '../../local/runtime/local-store.ts';
import { alertToExplain } from '../../local/start/latest.ts';
import { explainedLines, titleLines } from '../../local/start/text.ts';
import type { Context } from '../context.ts';
import { allAlerts } from '../service/alerts.ts';

/** As many as a fortnight brings. */
const RECENT = 60;

/** Shows the alert that the first start explained, as it is recorded: nothing is computed again. */
export async function showStored(
  { out }: Context,
  { alerts }: LocalStore,
  sample: string | undefined,
): Promise<void> {
  const records = (await allAlerts(alerts, { limit: RECENT })).toReversed();
  const explained = alertToExplain(records.map(({ alert }) => alert));
  const record = records.find(({ alert }) => alert === explained);
  const lines = [
    ...titleLines(sample, out),
    '',
    ...(record === undefined ? [] : explainedLines(record.alert, record.message, out)),
  ];
  out.write(`${lines.join('\n').trimEnd()}\n`);
  await out.flush();
}
