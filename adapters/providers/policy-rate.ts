import type { AcceptedValue, ProviderAnswer, RefusedValue } from './answer.ts';
import type { Range } from './levels.ts';

/** What the target range of the Federal Reserve is called: by FRED, and here. */
export const TARGET_SERIES: ReadonlyMap<string, { readonly instrument: string; readonly field: string }> =
  new Map([
    ['DFEDTARU', { instrument: 'FED', field: 'target_upper' }],
    ['DFEDTARL', { instrument: 'FED', field: 'target_lower' }],
  ]);

/** Percent a target rate may be: never below zero so far, and the highest ever was 20. */
export const TARGET_RANGE: Range = { lowest: 0, highest: 25 };

/** FRED's name of a series asked for by that name, by ours (`FED.target_lower`), or by the instrument alone. */
export function targetSeriesOf(symbol: string | undefined): string | undefined {
  if (symbol === undefined || symbol === 'FED') return 'DFEDTARU';
  if (TARGET_SERIES.has(symbol)) return symbol;
  for (const [series, { instrument, field }] of TARGET_SERIES) {
    if (symbol === `${instrument}.${field}` || symbol === `${instrument}_${field}`.toUpperCase())
      return series;
  }
  return undefined;
}

/** Refuses both bounds of every date on which the lower one is above the upper one: nobody can tell which is wrong. */
export function refuseCrossed<Answer extends Pick<ProviderAnswer, 'accepted' | 'refused'>>(
  answer: Answer,
): Answer {
  const bounds = new Map(answer.accepted.map(({ field, session, value }) => [`${field} ${session}`, value]));
  const isCrossed = ({ session }: AcceptedValue): boolean => {
    const [lower, upper] = ['target_lower', 'target_upper'].map((field) => bounds.get(`${field} ${session}`));
    return lower !== undefined && upper !== undefined && lower > upper;
  };
  const crossed = answer.accepted.filter(isCrossed);
  if (crossed.length === 0) return answer;
  const refused = crossed.map(
    ({ instrument, field, session }): RefusedValue => ({
      reason: 'out_of_range',
      detail: 'the lower bound is above the upper one',
      instrument,
      field,
      session,
    }),
  );
  return {
    ...answer,
    accepted: answer.accepted.filter((value) => !isCrossed(value)),
    refused: [...answer.refused, ...refused],
  };
}
