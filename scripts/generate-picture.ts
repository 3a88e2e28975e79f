import { readdirSync, readFileSync } from 'node:fs';
import { archiveSample } from '../local/sample/archive.ts';
import { sampleNote } from '../local/sample/folder.ts';
import { generateSample, SAMPLE_SEED } from '../local/sample/sample.ts';
import { alertToExplain } from '../local/start/latest.ts';
import { renderMessage } from '../shared/alerts/message/render.ts';
import { wrap } from '../shared/alerts/message/wrap.ts';
import { createCalendar } from '../shared/calendar/xnys.ts';
import { loadRuleFiles } from '../shared/rules/load.ts';
import { parseMarket } from '../shared/series/parse-market.ts';
import { replay } from '../shared/workflows/replay.ts';

const RULES = new URL('../rules/', import.meta.url);
const SESSION = '2026-01-12';
/** The picture ends where the second table of the message begins. */
const LAST_HEADING = /^IWM's price return minus/;

const SIZE = 13;
const LINE = 18;
const WIDTH = 700;
const MARGIN = 20;

/** The lines of the sample's streak alert as a subscriber would get them by e-mail, down to the first table. */
function firstAlertLines(): readonly string[] {
  const read = (file: string): string => readFileSync(new URL(file, RULES), 'utf8');
  const market = parseMarket(read('market.yaml'), 'market.yaml');
  if (!market.ok) throw new Error(market.errors.map(({ message }) => message).join('\n'));
  const calendar = createCalendar(market.value.closures);
  const archive = archiveSample(generateSample(SAMPLE_SEED, calendar), {
    market: market.value,
    calendar,
    now: 0,
  });
  const files = readdirSync(RULES).filter((file) => file.endsWith('.yaml') && !/^market|\.test\./.test(file));
  const { rules } = loadRuleFiles(
    files.toSorted().map((file) => ({ file, text: read(file) })),
    archive.market,
  );
  const alert = alertToExplain(replay(archive, rules, { from: SESSION, to: SESSION }));
  if (alert === undefined) throw new Error(`the sample makes no alert on ${SESSION}`);
  const { subject, email } = renderMessage(alert, { sample: sampleNote(SAMPLE_SEED) });
  const body = email.split('\n');
  const end = body.findIndex((line) => LAST_HEADING.test(line));
  return [...wrap(`Subject: ${subject}`).split('\n'), '', ...body.slice(0, end), '…'];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function textLine(line: string, index: number): string {
  const color = /^[A-Z][A-Z ]+$/.test(line) ? '#7fd1de' : line.startsWith('Subject') ? '#ffffff' : '#d6dbe1';
  return `  <text x="${MARGIN}" y="${MARGIN + LINE * (index + 1)}" fill="${color}" xml:space="preserve">${escaped(line)}</text>`;
}

/** The first alert of the sample as a picture for the README. */
export function firstAlertPicture(): string {
  const lines = firstAlertLines();
  const height = LINE * (lines.length + 1) + 2 * MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" ` +
      `font-family="ui-monospace, Menlo, Consolas, monospace" font-size="${SIZE}">`,
    '  <title>An alert of Tidemark on sample data</title>',
    `  <rect width="${WIDTH}" height="${height}" rx="8" fill="#16202b"/>`,
    ...lines.map(textLine),
    '</svg>',
    '',
  ].join('\n');
}
