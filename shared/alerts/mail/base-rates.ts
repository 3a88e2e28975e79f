import type { Alert, BaseRate } from '../alert.ts';
import { FEW } from '../base-rate.ts';
import { FIGURE_TITLES, figureCells, outcomeTables } from '../message/base-rate-table.ts';
import { BASE_RATE_INTRO } from '../message/email.ts';
import { element, escape, LOOKS, paragraph } from './markup.ts';

/** What followed earlier episodes: a table an outcome, every horizon beside any session. Empty without outcome. */
export function baseRateMarkup(alert: Alert): string {
  const tables = outcomeTables(alert).map(
    ({ title, lines }) =>
      `${paragraph('text', title)}<table width="100%" cellpadding="0" cellspacing="0" border="0" style="margin-top:6px">${header()}${lines.map(horizon).join('')}</table>${note(lines)}`,
  );
  if (tables.length === 0) return '';
  return `${element('h2', 'title', 'What followed earlier episodes')}${paragraph('small', BASE_RATE_INTRO)}${tables.join('')}`;
}

function note(lines: readonly BaseRate[]): string {
  return lines.some(({ n }) => n < FEW) ? paragraph('small', `* fewer than ${FEW}: too few to rely on`) : '';
}

function header(): string {
  return row('quiet', ['after', ...FIGURE_TITLES]);
}

function horizon(line: BaseRate): string {
  return (
    row('cell', [`${line.horizon} sessions${line.n < FEW ? ' *' : ''}`, ...figureCells(line)]) +
    row('quiet', ['any session', ...figureCells(line.all)])
  );
}

/** The median gives way on a phone, where the mean and the worst say more. */
const MEDIAN = 3;

/** A line stands above each horizon, so that its two rows belong together. The looks stand at the row, to weigh less. */
function row(look: 'cell' | 'quiet', texts: readonly string[]): string {
  const style = look === 'cell' ? `${LOOKS.line}padding:5px 0;` : 'padding:0 0 6px;';
  const cells = texts.map((text, position) => {
    const named = [...(look === 'cell' ? ['line'] : []), ...(position === MEDIAN ? ['wide'] : [])].join(' ');
    const classes = named === '' ? '' : ` class="${named}"`;
    return `<td${classes} align="${position === 0 ? 'left' : 'right'}" style="${style}${position === 0 ? '' : 'padding-left:8px;'}">${escape(text)}</td>`;
  });
  return `<tr class="${look}" style="${LOOKS[look]}">${cells.join('')}</tr>`;
}
