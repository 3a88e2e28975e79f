import { type ParseAnswer, refusedAnswer } from '../answer.ts';
import { classifyStatus, isMarkup, sampleOf, textOf } from '../body.ts';
import { readTable } from '../table.ts';
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
  if (isMarkup(text)) return parsePage(text, context);
  const detail = `no spreadsheet and no page: ${sampleOf(text, context)}`;
  return refusedAnswer(isData(text) ? 'schema' : 'blocked', detail);
};

/** Whether a text is data of somebody else, a document or a table, rather than words that turn a client away. */
function isData(text: string): boolean {
  if (/^\s*[[{]/.test(text)) return true;
  const [first = [], second = []] = readTable(text.slice(0, LONGEST_HEAD));
  return first.length > 1 && first.length === second.length;
}

const LONGEST_HEAD = 4000;
