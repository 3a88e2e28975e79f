import type { Rule } from '../../shared/rules/rule.ts';
import type { Context } from '../context.ts';
import { type LoadedData, dataOrTell } from './folder.ts';
import { rulesOrTell } from './rules.ts';

/** Which data and rules a call names. */
export interface Choice {
  readonly data: string;
  readonly rules?: string;
  readonly market?: string;
}

/** Data, and the rules to run over it. */
export interface LoadedAll extends LoadedData {
  readonly rules: readonly Rule[];
}

/** Loads the market, the data and the rules of a call; null where what they say is wrong, which is told. */
export function loadAll(context: Context, { data, rules, market }: Choice): LoadedAll | null {
  const beside = rules === undefined ? {} : { rules: [rules] };
  const loaded = dataOrTell(context, { data, ...beside, ...(market === undefined ? {} : { market }) });
  if (!loaded) return null;
  const found = rulesOrTell(context, rules, loaded.market);
  return found && { ...loaded, rules: found };
}
