import { ALPACA_BATCH, type AlpacaNeed, alpacaRequest } from '../alpaca/request.ts';
import type { ProviderAnswer } from '../answer.ts';
import { ask } from '../ask.ts';
import { gather, isLasting, type LegGround, type PriceLeg, type PriceWant } from './price-leg.ts';

/** Points in one request: below the ten thousand of a page, so that hardly any answer has two. */
const MOST_POINTS = 9000;
const MOST_PAGES = 40;
const MOST_SYMBOLS = 2000;

/** Closes of the consolidated tape, in batches; splits are where closes as traded and on the latest basis part. */
export function alpacaLeg(ground: LegGround): PriceLeg {
  return {
    provider: 'alpaca',
    most: MOST_SYMBOLS,
    only: null,
    async ask(want) {
      const size = Math.min(ALPACA_BATCH, Math.max(1, Math.floor(MOST_POINTS / want.sessions.length)));
      const answers: ProviderAnswer[] = [];
      for (let at = 0; at < want.symbols.length; at += size) {
        const batch = await askBatch(ground, { ...want, symbols: want.symbols.slice(at, at + size) });
        answers.push(...batch);
        if (batch.some(isLasting)) break;
      }
      return gather(answers);
    },
  };
}

/** Asks for a batch; a symbol that spoils it is left out, and named. */
async function askBatch(ground: LegGround, want: PriceWant): Promise<readonly ProviderAnswer[]> {
  const spoilers: ProviderAnswer[] = [];
  let { symbols } = want;
  while (symbols.length > 0) {
    const latest = await askPages(ground, { ...want, symbols }, 'split', new Map());
    const spoiler = latest.find(({ kind }) => kind === 'unknown_symbol');
    if (spoiler === undefined) {
      // Without the latest basis no split could be told, and none would be missed.
      if (latest.some((answer) => isLasting(answer) || answer.kind === 'schema'))
        return [...spoilers, ...latest.map(withoutValues)];
      const closes = latest.flatMap(({ accepted }) => accepted).filter(({ field }) => field === 'close');
      const adjusted = new Map(
        closes.map(({ instrument, session, value }) => [`${instrument} ${session}`, value]),
      );
      return [...spoilers, ...(await askPages(ground, { ...want, symbols }, 'raw', adjusted))];
    }
    spoilers.push(spoiler);
    const named = new Set(spoiler.refused.map(({ instrument }) => instrument));
    const rest = symbols.filter((symbol) => !named.has(symbol));
    if (rest.length === symbols.length) break;
    symbols = rest;
  }
  return spoilers;
}

/** Asks page after page; a token that comes again ends it, for it would never end by itself. */
async function askPages(
  { line, access, calendar }: LegGround,
  { symbols, sessions, now }: PriceWant,
  adjustment: AlpacaNeed['adjustment'],
  adjusted: ReadonlyMap<string, number>,
): Promise<readonly ProviderAnswer[]> {
  const [from, to] = [sessions[0], sessions.at(-1)];
  if (from === undefined || to === undefined) return [];
  const answers: ProviderAnswer[] = [];
  const tokens = new Set<string>();
  let page: string | undefined;
  do {
    const need = { symbols, from, to, now, adjustment, ...(page === undefined ? {} : { page }) };
    const question = {
      request: alpacaRequest(need, access),
      symbols,
      session: to,
      calendar,
      adjusted,
      suspicions: 'pass',
    } as const;
    const answer = await ask(line, access, question);
    answers.push(answer);
    page = answer.next;
    if (page === undefined || tokens.has(page)) break;
    tokens.add(page);
  } while (answers.length < MOST_PAGES);
  return answers;
}

function withoutValues(answer: ProviderAnswer): ProviderAnswer {
  return { ...answer, accepted: [], refused: [] };
}
