import { type AnswerContext, type ParseAnswer, type ProviderAnswer, refusedAnswer } from '../answer.ts';
import { classifyStatus, isMarkup, textOf } from '../body.ts';
import { acceptLevels, type LevelRow, levelAnswer, readFigure } from '../levels.ts';
import { refuseCrossed, TARGET_RANGE, TARGET_SERIES, targetSeriesOf } from '../policy-rate.ts';
import { readTable } from '../table.ts';

/** What the column of dates has been called. */
const DATE_COLUMNS = ['observation_date', 'DATE'];
const WHOLE_FIGURE = /\.\d{2,}\s*$/;

/** Reads `observation_date,DFEDTARU,…`: an empty field is no value; columns are found by name. */
export const parseFredgraph: ParseAnswer = (body, context) => {
  const text = textOf(body);
  const failed = classifyStatus(text, context);
  if (failed !== null) return failed;
  if (isMarkup(text)) return refusedAnswer('blocked', 'a page where data was expected');
  if (text.trim() === '') return refusedAnswer('transient', 'the answer is empty');
  const [header, ...lines] = readTable(text);
  if (header === undefined || !DATE_COLUMNS.includes(header[0]?.trim() ?? '')) {
    return refusedAnswer('schema', 'this is no table of fredgraph');
  }
  return readLines(header, lines, { text, context });
};

function readLines(
  header: readonly string[],
  lines: readonly (readonly string[])[],
  { text, context }: { readonly text: string; readonly context: AnswerContext },
): ProviderAnswer {
  const columns = header.flatMap((name, index) => {
    const place = TARGET_SERIES.get(name.trim());
    return index === 0 || place === undefined ? [] : [{ ...place, index, series: name.trim() }];
  });
  const asked = context.symbols?.map(targetSeriesOf) ?? [];
  const named = columns.map(({ series }) => series);
  if (columns.length === 0 || asked.some((series) => series === undefined || !named.includes(series))) {
    return refusedAnswer('schema', 'the table has not the series that was asked for');
  }
  const rows = lines.flatMap((cells, line) =>
    columns.map(({ instrument, field, index }): LevelRow => {
      const cell = cells[index];
      const last = line === lines.length - 1 && index === cells.length - 1;
      const cut = last && !/\n\s*$/.test(text) && !WHOLE_FIGURE.test(cell ?? '') && cell !== '';
      const value: LevelRow['value'] =
        cut || cells.length !== header.length
          ? { reason: 'schema', detail: 'the line is cut short' }
          : readFigure(cell);
      return { instrument, field, date: cells[0]?.trim() ?? null, value };
    }),
  );
  return levelAnswer(refuseCrossed(acceptLevels(rows, context, TARGET_RANGE)));
}
