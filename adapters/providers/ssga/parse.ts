import { type ParseAnswer, refusedAnswer } from '../answer.ts';
import { classifyStatus, isMarkup, sampleOf, textOf } from '../body.ts';
import { parseHoldings } from './holdings.ts';
import { parsePage } from './page.ts';
import { isZip } from './spreadsheet.ts';

/** Reads what State Street publishes of a fund: its spreadsheet of holdings, or its page. */
export const parseSsga: ParseAnswer = (body, context) => {
  if (isZip(body)) return classifyStatus('', context) ?? parseHoldings(body, context);
  const text = textOf(body);
  const failed = classifyStatus(text, context);
  if (failed !== null) return failed;
  if (text.trim() === '') return refusedAnswer('transient', 'the answer is empty');
  if (!isMarkup(text))
    return refusedAnswer('schema', `no spreadsheet and no page: ${sampleOf(text, context)}`);
  return parsePage(text, context);
};
