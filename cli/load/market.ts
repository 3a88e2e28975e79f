import type { Calendar } from '../../shared/calendar/calendar.ts';
import { createCalendar } from '../../shared/calendar/xnys.ts';
import { failure, type Result, success } from '../../shared/result.ts';
import type { Market } from '../../shared/series/market.ts';
import { emptyMarket, type MarketProblem, parseMarket } from '../../shared/series/parse-market.ts';
import type { Context } from '../context.ts';
import { marketPath, readText } from './paths.ts';

/** What a call stands on before any data is read. */
export interface Ground {
  readonly market: Market;
  readonly calendar: Calendar;
}

/** Which market a call asks for: by name, or by where its rules are. */
export interface MarketChoice {
  readonly market?: string;
  /** Paths of the rules named; the market beside them applies. */
  readonly rules?: readonly string[];
}

/** Reads the market of a call, or all that is wrong with it; nothing is declared where there is no file at all. */
export function readMarket(context: Context, choice: MarketChoice): Result<Ground, MarketProblem> {
  const path = marketPath(context, choice.market, choice.rules ?? []);
  if (path === undefined) return success(groundOf(emptyMarket()));
  const { file, text } = readText(context, path);
  const parsed = parseMarket(text, file);
  return parsed.ok ? success(groundOf(parsed.value)) : failure(...parsed.errors);
}

/** Reads the market of a call; where it has problems, tells them on standard error and gives null. */
export function marketOrTell(context: Context, choice: MarketChoice): Ground | null {
  const read = readMarket(context, choice);
  if (read.ok) return read.value;
  for (const { file, line, column, message, code } of read.errors) {
    context.err.write(`${file}:${line}:${column}: ${message} [${code}]\n`);
  }
  return null;
}

function groundOf(market: Market): Ground {
  return { market, calendar: createCalendar(market.closures) };
}
