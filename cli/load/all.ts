import type { Context } from '../context.ts';
import { counted } from '../output/figures.ts';
import type { Work } from '../progress.ts';
import { tellBreaks } from './breaks.ts';
import { type LoadedData, dataOrTell } from './folder.ts';
import { rulesOrTell, type UsableRules } from './rules.ts';

/** Which data and rules a call names. */
export interface Choice {
  readonly data: string;
  readonly rules?: string;
  readonly market?: string;
}

/** Data, and the rules to run over it. */
export interface LoadedAll extends LoadedData, UsableRules {}

/** Loads the market, the data and the rules of a call; null where what they say is wrong, which is told. */
export function loadAll(context: Context, { data, rules, market }: Choice): LoadedAll | null {
  const beside = rules === undefined ? {} : { rules: [rules] };
  const loaded = dataOrTell(context, { data, ...beside, ...(market === undefined ? {} : { market }) });
  if (!loaded) return null;
  tellBreaks(context, loaded.snapshot, () => true);
  const found = rulesOrTell(context, rules, loaded.market);
  return found && { ...loaded, ...found };
}

// So many values take about a second to follow rules through.
const LONG_FOLLOW = 4_000_000;

/** What following the rules through all sessions is, as progress tells it. */
export function followingWork({ rules, archive, snapshot }: LoadedAll): Work {
  return {
    text: `following ${counted(rules.length, 'rule')} through ${counted(snapshot.length, 'session')}`,
    long: archive.series.size * snapshot.length > LONG_FOLLOW,
  };
}
