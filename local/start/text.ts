import type { Alert, Message } from '../../shared/alerts/alert.ts';
import { longDate, shortDate } from '../../shared/alerts/message/dates.ts';
import { counted } from '../../shared/alerts/message/numbers.ts';
import { wrap } from '../../shared/alerts/message/wrap.ts';
import type { Session } from '../../shared/calendar/calendar.ts';
import type { Rule } from '../../shared/rules/rule.ts';
import type { Archive } from '../../shared/series/archive.ts';
import type { LatestPeriod, Sent } from './latest.ts';
import type { StartOutput } from './start.ts';

type Paint = Pick<StartOutput, 'paint'>;

/** What the head tells of. */
interface Shown {
  readonly archive: Archive;
  readonly rules: readonly Rule[];
  readonly period: LatestPeriod | null;
  readonly sample: string | undefined;
}

/** Says what was run on what, and first of all whether it is real. */
export function headLines({ archive, rules, period, sample }: Shown, { paint }: Paint): readonly string[] {
  const priced = [...archive.series.keys()].filter((id) => id.endsWith('.close')).length;
  const first = archive.calendar.sessions[archive.filled[0] ?? -1];
  if (period === null || first === undefined) return ['There is no data to look at.', ''];
  const extent =
    `${counted(rules.length, 'rule')} over ${counted(archive.filled.length, 'session')} of ` +
    `${counted(priced, 'instrument')}, ${shortDate(first)} to ${shortDate(period.to)}.`;
  return [...titleLines(sample, { paint }), extent, ''];
}

/** Says what this is, and where it is about the sample, that it is not real. */
export function titleLines(sample: string | undefined, { paint }: Paint): readonly string[] {
  const marked =
    sample === undefined ? [] : [paint('yellow', wrap(`SAMPLE DATA, not the market: ${sample}.`))];
  return [paint('bold', 'Tidemark watches daily closes for a change of market leadership.'), ...marked];
}

/** Says that nothing was to be said. */
export function silentLines(period: LatestPeriod | null): readonly string[] {
  if (period === null) return [];
  return [
    `No alert from ${shortDate(period.from)} to ${shortDate(period.to)}: no rule had anything to say.`,
    '',
  ];
}

/** One alert whole, as e-mail and SMS, then how to read it. */
export function explainedLines(alert: Alert, message: Message, { paint }: Paint): readonly string[] {
  const bar = paint('dim', '│');
  const body = message.email.trimEnd().split('\n');
  return [
    paint('bold', `One alert, as it would have arrived on ${longDate(alert.session)}`),
    '',
    `${bar} ${paint('bold', `Subject: ${message.subject}`)}`,
    bar,
    ...body.map((line) =>
      /^[A-Z][A-Z ]+$/.test(line) ? `${bar} ${paint('cyan', line)}` : `${bar} ${line}`.trimEnd(),
    ),
    '',
    'The same as SMS:',
    ...wrap(message.sms)
      .split('\n')
      .map((line) => `${bar} ${line}`),
    '',
    ...readingLines(alert, paint),
  ];
}

/** How to read an alert; only the parts this one has. */
function readingLines(alert: Alert, paint: StartOutput['paint']): readonly string[] {
  const parts: readonly (readonly [part: string, meaning: string, present: boolean])[] = [
    [
      'How unusual',
      'when it was last so; a tie counts, and without an earlier one it says since when the data goes back',
      alert.precedent !== null,
    ],
    ['How close', 'how little would have changed the verdict', alert.margin !== null],
    [
      'What followed',
      'earlier episodes beside any session: where both lines look alike, there is nothing to chase',
      alert.baseRate.length > 0,
    ],
    ['Evidence', 'what other rules say that day, on both sides', alert.evidence.length > 0],
    ['Definition', 'what was computed from what, so that anyone can check it', true],
    [
      'What would end it',
      'when the next message comes, if nothing else happens',
      alert.episode !== null && alert.kind !== 'resolved',
    ],
  ];
  const lines = parts
    .filter(([, , present]) => present)
    .flatMap(([part, meaning]) => hanging(`  ${part.padEnd(19)}`, meaning));
  return [paint('bold', 'How to read it'), ...lines, ''];
}

/** Everything else that was sent, by session: subject and SMS. */
export function otherLines(sent: readonly Sent[], { paint }: Paint): readonly string[] {
  if (sent.length === 0) return [];
  const bySession = Map.groupBy(sent, ({ session }) => session);
  const lines = [...bySession].flatMap(([session, messages]) => [
    paint('cyan', longDate(session)),
    ...messages.flatMap(({ message }) => [
      `  e-mail  ${message.subject}`,
      ...hanging('  SMS     ', message.sms),
    ]),
  ]);
  return [
    paint('bold', `What else was sent over the last sessions (${counted(sent.length, 'message')})`),
    ...lines,
    '',
  ];
}

function hanging(label: string, text: string): readonly string[] {
  const words = text.split(' ');
  const lines: string[] = [];
  let line = label;
  for (const word of words) {
    if (line.length + word.length > 79 && line.trim() !== '') {
      lines.push(line.trimEnd());
      line = ' '.repeat(label.length);
    }
    line += `${word} `;
  }
  return [...lines, line.trimEnd()];
}

/** What the suggestions are about. */
interface Next {
  readonly folder: string;
  readonly rule: string | undefined;
  readonly session: Session | undefined;
  readonly period: LatestPeriod | null;
}

type Try = readonly [what: string, command: string];

/** Commands to try on the same data. */
export function nextLines({ folder, rule, session, period }: Next, { paint }: Paint): readonly string[] {
  if (period === null) return [];
  const data = `--data ${folder}`;
  const tries: readonly Try[] = [
    ...emails({ session, period }, data),
    ...(rule === undefined
      ? []
      : ([["A rule's whole history, drawn", `npx tidemark backtest ${rule} ${data}`]] as const)),
    [
      'A question of your own',
      `npx tidemark eval "ytd(IWM) - ytd(SPY)" ${data} --at ${session ?? period.to}`,
    ],
    ['The rules, to change them', 'rules/*.yaml, then npx tidemark check and npx tidemark test'],
    ['Your own closes', 'npm start -- --data FOLDER'],
  ];
  return [
    paint('bold', 'What to try next'),
    ...tries.flatMap(([what, command]) => [`  ${what}:`, `    ${command}`]),
  ];
}

/** How to read the e-mails again; an alert older than the sessions shown is found on its own date. */
function emails({ session, period }: Pick<Next, 'session' | 'period'>, data: string): readonly Try[] {
  const replay = `npx tidemark replay ${data} --from`;
  const from = period?.from ?? '';
  const latest: Try = ['Every e-mail in full', `${replay} ${from} --full`];
  if (session === undefined || session >= from) return [latest];
  return [['That alert again', `${replay} ${session} --to ${session} --full`], latest];
}
