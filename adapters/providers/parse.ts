import { parseAlpaca } from './alpaca/parse.ts';
import {
  type AnswerContext,
  type ParseAnswer,
  type ProviderAnswer,
  type ProviderName,
  refusedAnswer,
} from './answer.ts';
import { LONGEST_BODY } from './body.ts';
import { parseFred } from './fred/parse.ts';
import { parseFredgraph } from './fredgraph/parse.ts';
import { parseMassive } from './massive/parse.ts';
import { parseNyFed } from './nyfed/parse.ts';
import { parseSsga } from './ssga/parse.ts';
import { parseTiingo } from './tiingo/parse.ts';
import { parseYahoo } from './yahoo/parse.ts';

const PARSERS: Readonly<Record<ProviderName, ParseAnswer>> = {
  alpaca: parseAlpaca,
  tiingo: parseTiingo,
  massive: parseMassive,
  fred: parseFred,
  fredgraph: parseFredgraph,
  nyfed: parseNyFed,
  ssga: parseSsga,
  yahoo: parseYahoo,
};

/** What a provider's adapter makes of a body: values, or the reason why there are none. Never throws. */
export function parseAnswer(name: ProviderName, body: Uint8Array, context: AnswerContext): ProviderAnswer {
  if (body.length > LONGEST_BODY) return refusedAnswer('schema', 'the answer is longer than any should be');
  return PARSERS[name](body, context);
}
