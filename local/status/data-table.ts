import { html } from 'hono/html';
import { sourceName } from '../../shared/acceptance/source-name.ts';
import { shortDate } from '../../shared/alerts/message/dates.ts';
import type { DataHealth, InputHealth } from '../../shared/service/data-health.ts';
import { badge, type Html, table } from './layout.ts';

/** Worst first: what needs a look is not looked for. */
const ORDER = { held: 0, missing: 1, stale: 2, carried: 3, fresh: 4 } as const;
const TONE = { held: 'bad', missing: 'bad', stale: 'bad', carried: 'quiet', fresh: 'quiet' } as const;

/** What the rules read: how fresh each input is, from whom, and of a universe how much of it is there. */
export function dataTable({ inputs }: Pick<DataHealth, 'inputs'>): Html {
  const ordered = inputs.toSorted(
    (a, b) => ORDER[a.status] - ORDER[b.status] || (a.input < b.input ? -1 : 1),
  );
  return table(
    [
      { title: 'Input' },
      { title: 'Status', whole: true },
      { title: 'As of', whole: true, label: 'as of' },
      { title: 'From', label: 'from' },
      { title: 'Coverage', label: 'coverage' },
    ],
    ordered.map((one) => [
      html`<code>${one.input}</code>${TONE[one.status] === 'bad' ? html`<small>${one.finding}</small>` : ''}`,
      html`${badge(one.status, TONE[one.status])}${one.settled === 'provisional' ? html` ${badge('provisional', 'pending')}` : ''}`,
      one.asOf === null ? '' : shortDate(one.asOf),
      one.source === null ? '' : sourceName(one.source),
      coverageText(one),
    ]),
    'No enabled rule reads anything yet.',
  );
}

/** `470 of 503, 95% needed`: with less nothing is said about a universe. */
function coverageText({ coverage, needed }: InputHealth): string {
  if (coverage === null) return '';
  const least = needed === null ? '' : `, ${Number((needed * 100).toFixed(6))}% needed`;
  return `${coverage.have} of ${coverage.of}${least}`;
}
