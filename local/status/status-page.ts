import { html } from 'hono/html';
import { shortDate } from '../../shared/alerts/message/dates.ts';
import { counted } from '../../shared/alerts/message/numbers.ts';
import type { Instant } from '../../shared/calendar/calendar.ts';
import type { DeliveryState } from '../../shared/ports/records.ts';
import { newYorkText } from '../runtime/timetable.ts';
import { dataTable } from './data-table.ts';
import { badge, type Html, layout, section, table } from './layout.ts';
import type { Reading } from './readings.ts';
import type { Deliveries, ShownAlert, Status } from './status.ts';

const EVERY_MINUTE = 60;

/** The page that says how the service stands. */
export function statusPage(status: Status): Html {
  const { readings } = status;
  const asOf = readings.session === null ? '' : `, on ${shortDate(readings.session)}`;
  return layout({
    title: 'Tidemark',
    sample: status.sample,
    address: status.address,
    refresh: EVERY_MINUTE,
    body: html`${facts(status)}
${attention(status)}
${section(`Rules${asOf}`, rules(readings.rules))}
${section(`Data${status.data.session === null ? '' : `, on ${shortDate(status.data.session)}`}`, dataTable(status.data))}
${section('Last alerts', alerts(status.alerts))}
${section('Deliveries', deliveries(status.deliveries))}
${section('Subscriptions', subscriptions(status))}
${section('Last runs', runs(status))}
${decisions(status)}`,
  });
}

function facts({ dataAsOf, progress, next, now, sample, readings, deliveries: sent }: Status): Html {
  const firing = readings.rules.filter(({ state }) => state === 'firing').length;
  const pairs: readonly (readonly [string, string])[] = [
    ['Data as of', dataAsOf === null ? 'nothing stored yet' : shortDate(dataAsOf)],
    ['Evaluated up to', progress === null ? 'not begun' : evaluatedText(progress)],
    ['Rules firing', `${firing} of ${readings.rules.length}`],
    ['Messages published', String(sent.published)],
    ['Next run', next === null ? 'none' : newYorkText(next)],
    [sample === null ? 'Now' : 'The clock stands at', newYorkText(now)],
  ];
  return html`<dl class="facts">${pairs.map(([term, text]) => html`<div><dt>${term}</dt><dd>${text}</dd></div>`)}</dl>`;
}

function evaluatedText({ history, evaluated }: NonNullable<Status['progress']>): string {
  return evaluated === history ? 'live from the next session' : shortDate(evaluated);
}

/** What somebody should look at; nothing where all is well. */
function attention(status: Status): Html | string {
  const { readings, runs: all, missing, held } = status;
  const newest = new Map(all.toReversed().map((run) => [run.kind, run]));
  const points = [
    ...behind(status),
    ...readings.rules.flatMap(({ rule, state, reason }) =>
      state === 'broken' ? [`${rule}: ${reason ?? ''}`] : [],
    ),
    ...[...newest.values()].flatMap(({ findings }) =>
      findings.map(({ what, subject, why }) => `${what}: ${subject}: ${why}`),
    ),
    ...held.map(({ id, value, detail }) => `held back: ${id}, ${value}: ${detail}`),
    ...missing.flatMap(({ session, what }) => what.map((one) => `${session}: ${one}`)),
  ];
  if (points.length === 0) return '';
  const shown = [...new Set(points)];
  return section('To look at', html`<ul>${shown.map((point) => html`<li>${point}</li>`)}</ul>`);
}

function behind({ dataAsOf, finished }: Status): readonly string[] {
  if (dataAsOf === null || finished === null || dataAsOf >= finished) return [];
  return [
    `The newest data is of ${shortDate(dataAsOf)}, and ${shortDate(finished)} is over: closes are missing.`,
  ];
}

const ORDER = { broken: 0, firing: 1, pending: 2, inactive: 3, disabled: 4 } as const;

function rules(all: readonly Reading[]): Html {
  const ordered = all.toSorted((a, b) => ORDER[a.state] - ORDER[b.state] || (a.rule < b.rule ? -1 : 1));
  return table(
    [
      { title: 'Rule' },
      { title: 'State', whole: true },
      { title: 'Measure', label: 'measure' },
      { title: 'Threshold', label: 'threshold' },
      { title: 'Since', whole: true, label: 'since' },
    ],
    ordered.map((one) => [
      html`${one.title === '' ? one.rule : one.title}<small><code>${one.rule}</code></small>`,
      html`${stateBadge(one)}${one.noData && one.state !== 'broken' && one.state !== 'disabled' ? html` ${badge('no data', 'pending')}` : ''}`,
      one.valueText ?? '',
      one.thresholdText ?? '',
      one.since === null ? '' : shortDate(one.since),
    ]),
    'No rule is saved yet.',
  );
}

function stateBadge({ state }: Reading): Html {
  if (state === 'firing' || state === 'pending') return badge(state, state);
  return badge(state, state === 'broken' ? 'bad' : 'quiet');
}

function alerts(all: readonly ShownAlert[]): Html {
  return table(
    [{ title: 'Session', whole: true }, { title: 'Alert' }, { title: 'Delivery' }],
    all.map(({ session, kind, rule, subject, delivery }) => [
      shortDate(session),
      html`${subject}<small><code>${rule}</code> ${kind}</small>`,
      deliveryBadge(delivery),
    ]),
    'No alert is recorded yet.',
  );
}

function deliveryBadge(delivery: DeliveryState): Html {
  switch (delivery.kind) {
    case 'unsent':
      return badge('not sent yet', 'pending');
    case 'claimed':
      return badge('being sent', 'pending');
    case 'sent':
      return badge(delivery.attempts > 1 ? `sent at attempt ${delivery.attempts}` : 'sent', 'quiet');
    case 'withheld':
      return badge(delivery.reason === 'digest' ? 'in a digest' : `withheld: ${delivery.reason}`, 'quiet');
    case 'failed':
      return html`${badge('failed', 'bad')}<small>${delivery.error}</small>`;
  }
}

function deliveries({ published, second, waiting, failed, refused, relay }: Deliveries): Html {
  const where = relay === null ? 'nothing leaves this machine' : `e-mails also go out through ${relay}`;
  return html`<p>${counted(published, 'message')} published into the <a href="/outbox">outbox</a>; ${where}.</p>
<p class="soft">${waiting} waiting, ${failed} failed among the last alerts, ${second} published a second time after a crash${relay === null ? '' : `, ${refused} refused by the mail server`}.</p>`;
}

function subscriptions({ subscriptions: all, silences }: Status): Html {
  const quiet = silences.map(
    ({ rule, last, why }) =>
      html`<p class="soft">Silenced: <code>${rule}</code> through ${shortDate(last)}: ${why}</p>`,
  );
  const rows = all.map(({ address, status, severity, form, rules: wanted }) => [
    address,
    badge(status, status === 'confirmed' ? 'quiet' : 'pending'),
    `${severity} and up`,
    form === 'digest' ? 'one message a session' : 'each alert',
    wanted.join(' '),
  ]);
  const titles = ['Who', 'State', 'Severity', 'Form', 'Rules'];
  return html`${table(
    titles.map((title) => ({ title })),
    rows,
    'Nobody is subscribed: npx tidemark subscribe --email name@example.com',
  )}${quiet}`;
}

function runs({ runs: all }: Status): Html {
  return table(
    [{ title: 'Run' }, { title: 'When', whole: true }, { title: 'What it came to' }],
    all.map(({ kind, at, counts, findings }) => [
      kind,
      newYorkText(at),
      html`${countsText(counts)}${findings.length === 0 ? '' : html` ${badge(counted(findings.length, 'finding'), 'bad')}`}`,
    ]),
    'No run yet.',
  );
}

function countsText(counts: Readonly<Record<string, number>>): string {
  const parts = Object.entries(counts).map(([name, count]) => `${spaced(name)} ${count}`);
  return parts.length === 0 ? 'nothing to do' : parts.join(', ');
}

/** `secondPublishes` as people write it. */
function spaced(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

function decisions({ decisions: all }: Status): Html {
  const rows = all.map(({ at, what, subject, why }) => [minuteText(Date.parse(at)), what, subject, why]);
  const columns = [{ title: 'When', whole: true } as const, ...titled(['Decision', 'About', 'Because'])];
  return html`<section><details><summary>Last decisions</summary>${table(columns, rows, 'None yet.')}</details></section>`;
}

function titled(titles: readonly string[]): readonly { readonly title: string }[] {
  return titles.map((title) => ({ title }));
}

function minuteText(at: Instant): string {
  return Number.isFinite(at) ? newYorkText(at).replace(' New York', '') : '';
}
