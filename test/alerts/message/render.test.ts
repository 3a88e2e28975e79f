import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alert, AlertKind } from '../../../shared/alerts/alert.ts';
import { renderDigest } from '../../../shared/alerts/message/digest.ts';
import { renderMessage } from '../../../shared/alerts/message/render.ts';
import { BREADTH, DISCOUNT, ROTATION, STREAK, SURGE } from './sample-alert.ts';

const PRINTABLE_ASCII = /^[\u0020-\u007e]*$/;
/** The characters of GSM 03.38 that take one place and are ASCII. */
const GSM = /^[A-Za-z0-9 @$_!"#%&'()*+,\-./:;<=>?]*$/;

/** Lines of a body joined again, so that a sentence can be looked for. */
function joined(email: string): string {
  return email.replaceAll(/\s+/g, ' ');
}

function withKind(kind: AlertKind, more: Partial<Alert> = {}): string {
  return joined(renderMessage({ ...STREAK, kind, ...more }).email);
}

const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string({ maxLength: 120 }));
const figure = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }));
const varied = fc.record({
  title: text,
  kind: fc.constantFrom<AlertKind>(
    'fired',
    'updated',
    'resolved',
    'correction',
    'blind',
    'recovered',
    'reminder',
  ),
  value: figure,
  peak: figure,
  alreadyTrue: fc.boolean(),
  late: fc.boolean(),
  reason: fc.constantFrom('rule changed', 'rule deleted', 'rule disabled', null),
  episodeStart: fc.constantFrom('2026-01-02', null),
  precedent: fc.constantFrom(STREAK.precedent, DISCOUNT.precedent, null),
  margin: fc.constantFrom(STREAK.margin, DISCOUNT.margin, null),
  corrects: fc.constantFrom('2026-01-08', null),
  correctedFiring: fc.constantFrom(true, false, null),
});

describe('every message', () => {
  it('keeps the limits of its channels, whatever the title and the figures', () => {
    fc.assert(
      fc.property(
        varied,
        fc.constantFrom(STREAK, DISCOUNT, ROTATION, BREADTH, SURGE),
        fc.option(text, { nil: undefined }),
        (change, base, sample) => {
          const alert = { ...base, ...change };
          const style = sample === undefined ? {} : { sample };
          for (const message of [
            renderMessage(alert, style),
            renderDigest([alert, base, alert, base], style),
          ]) {
            expect(message.subject.length).toBeLessThan(100);
            expect(message.subject).toMatch(PRINTABLE_ASCII);
            expect(message.sms.length).toBeLessThanOrEqual(160);
            expect(message.sms).toMatch(GSM);
            expect(message.sms).toMatch(/Information, not advice\.$/);
            expect(message.email).toContain('Information, not advice.');
            expect(message.email).not.toMatch(/undefined|NaN|\bnull\b|\[object/);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('says in each channel that it rests on sample data', () => {
    const { subject, email, sms } = renderMessage(STREAK, { sample: 'made from seed 7' });
    for (const channel of [subject, email, sms]) expect(channel).toMatch(/^SAMPLE DATA/);
    expect(email).toContain('This is sample data, not the market: made from seed 7.');
    expect(renderDigest([STREAK], { sample: 'seed 7' }).subject).toMatch(/^SAMPLE DATA/);
    expect(renderMessage(STREAK).email).not.toMatch(/sample/i);
  });
});

describe('the subject and the SMS', () => {
  it('of a streak lead with its length and its record', () => {
    const { subject, sms } = renderMessage(STREAK);
    expect(subject).toBe(
      'Small caps are beating large caps: 7 sessions, as long as on 15 Sep 2022 (12 Jan 2026)',
    );
    expect(sms).toBe(
      'Small caps are beating large caps: 7 sessions in a row, 12 Jan 2026. Longest since 9 Feb 2021 (ties 15 Sep 2022). Information, not advice.',
    );
  });

  it('of an episode past its peak speak of the peak, not of today', () => {
    const { sms } = renderMessage({ ...DISCOUNT, kind: 'updated', value: 0.31 });
    expect(sms).toContain('Peak 32.4%: highest since data starts in Jun 2024.');
  });

  it('of a discount give it in percent and say since when there is data', () => {
    const { subject, sms } = renderMessage(DISCOUNT);
    expect(subject).toBe(
      'Small caps cost far less than large caps: 32.4%, highest since data starts in Jun 2024 (2 Dec 2025)',
    );
    expect(sms).toBe(
      'Small caps cost far less than large caps: 32.4%, 2 Dec 2025. Highest since data starts in Jun 2024. Margin 2.42 points. Information, not advice.',
    );
  });

  it('of a count say of what, never a bare number', () => {
    const rotation = renderMessage(ROTATION);
    expect(rotation.subject).toBe(
      'Leadership is changing: 5 of 6 signs agree, highest in our data (2 Dec 2025)',
    );
    expect(rotation.sms).toMatch(
      /^Leadership is changing: 5 of 6 signs agree, 2 Dec 2025\. .* Margin 1 sign\./,
    );
    expect(joined(rotation.email)).toMatch(
      /^Leadership is changing: 5 of 6 signs agreed on Tuesday 2 December 2025\./,
    );
    expect(joined(rotation.email)).toContain('Value 5 of 6 signs, threshold 4 of 6 signs.');
    const breadth = renderMessage(BREADTH);
    expect(breadth.subject).toMatch(/^The rise is shared: 341 of 498 members, /);
    expect(joined(breadth.email)).toMatch(
      /^The rise is shared: 341 of 498 members of the S&P 500 were up on the year as of Tuesday 2 December 2025\./,
    );
    expect(joined(breadth.email)).toContain('It is 41 members beyond the threshold of 300 members.');
    expect(renderMessage({ ...BREADTH, inputs: [] }).subject).toMatch(/: 341 members, /);
  });

  it('of a margin of nothing say that it is exactly at the threshold', () => {
    const margin = { value: 0, session: '2025-12-02', lead: null };
    expect(renderMessage({ ...BREADTH, margin }).sms).toContain('Exactly at the threshold.');
  });

  it('of a measure that starts again claim no more than the period where the precedent is just before it', () => {
    const { subject, email } = renderMessage(SURGE);
    expect(subject).toBe('Small caps are up strongly: +6.20%, highest so far this year (12 Jan 2026)');
    expect(joined(email)).toContain(
      'It is the highest since Wednesday 31 December 2025, when it was higher. The figure starts again every January, so this says no more than that it is the highest so far this year. Our data starts in January 2001.',
    );
    const later = renderMessage({ ...SURGE, session: '2027-01-12' });
    expect(later.subject).toContain('highest since 31 Dec 2025');
    expect(later.email).not.toContain('starts again');
  });

  it('of a correction name the session it corrects first', () => {
    const { subject, sms } = renderMessage({
      ...STREAK,
      kind: 'correction',
      corrects: '2026-01-08',
      correctedFiring: false,
    });
    expect(subject).toBe(
      'Correction, was not so on 8 Jan 2026: Small caps are beating large caps (12 Jan 2026)',
    );
    expect(sms).toBe(
      'Correction, was not so on 8 Jan 2026: Small caps are beating large caps. Revised data, known by 12 Jan. Information, not advice.',
    );
  });

  it('of an end say when and after how long before the title, so that neither runs into it', () => {
    const ended = { ...STREAK, kind: 'resolved', title: 'Small caps lead in January' } as const;
    const { subject, sms } = renderMessage({ ...ended, session: '2026-02-02', duration: 16, peak: 14 });
    expect(subject).toBe('Ended after 16 sessions: Small caps lead in January (2 Feb 2026)');
    expect(sms).toMatch(/^Ended 2 Feb 2026 after 16 sessions: Small caps lead in January\. Longest: 14 /);
    const long = renderMessage({ ...ended, title: 'Small caps lead '.repeat(4).trim(), duration: 16 });
    expect(long.subject).toMatch(/^Ended: Small caps lead .*lead \(12 Jan 2026\)$/);
  });

  it('cut a title that is too long at a word, and never the date', () => {
    const { subject, sms } = renderMessage({ ...STREAK, title: 'word '.repeat(60) });
    expect(subject).toMatch(/word\.\.\. \(12 Jan 2026\)$/);
    expect(sms).toMatch(/word\.\.\.: 7 sessions in a row, 12 Jan 2026\. Information, not advice\.$/);
  });

  it('spell what their alphabets lack', () => {
    const { subject, sms } = renderMessage({ ...STREAK, title: 'Caf\u00e9 \u2265 5\u00d7 [x] \u{1f680}' });
    expect(subject).toMatch(/^Cafe >= 5x \[x\] \?: 7 sessions/);
    expect(sms).toMatch(/^Cafe >= 5x \(x\) \?: 7 sessions/);
  });
});

describe('the body', () => {
  const body = joined(renderMessage(STREAK).email);

  it('begins with one sentence of what happened, dates spelled', () => {
    expect(body).toMatch(
      /^Small caps are beating large caps: IWM's daily price return was above SPY's on 7 sessions in a row, through Monday 12 January 2026\. /,
    );
  });

  it('states the precedent with its tie, the rank and since when there is data', () => {
    expect(body).toContain(
      'The run was last as long on Thursday 15 September 2022, which it ties, and last longer on Tuesday 9 February 2021. Our data starts in May 2000. 10 of the 22 earlier episodes went further: rank 11 of 23.',
    );
  });

  it('says "since our data starts" where there is no precedent', () => {
    expect(joined(renderMessage(DISCOUNT).email)).toContain(
      'It is the highest since our data starts in June 2024 (first value: Monday 10 June 2024). The one earlier episode did not go further: rank 1 of 2.',
    );
  });

  it('says where every earlier episode went further', () => {
    const ranked = (rank: number, of: number): string => {
      const precedent = { rank, of, atLeast: '2025-11-19', higher: '2025-11-19', dataSince: '2000-01-03' };
      return joined(renderMessage({ ...DISCOUNT, precedent }).email);
    };
    expect(ranked(3, 3)).toContain('Both earlier episodes went further: rank 3 of 3.');
    expect(ranked(4, 4)).toContain('All 3 earlier episodes went further: rank 4 of 4.');
  });

  it('says of a count of signs that some may have been unknown', () => {
    expect(joined(renderMessage(ROTATION).email)).toContain('A sign without data counts as not given');
    expect(body).not.toContain('A sign without data');
  });

  it('names the closest call and the lead in percentage points', () => {
    expect(body).toContain(
      'The closest call of the run was Wednesday 7 January 2026, by 0.09 percentage points. Over the whole run the lead is 4.29 percentage points.',
    );
    expect(joined(renderMessage(DISCOUNT).email)).toContain(
      'It is 2.42 percentage points beyond the threshold of 30.0%.',
    );
  });

  it('sets base rates beside all sessions and warns of few, per horizon', () => {
    const table = renderMessage(STREAK).email.split("IWM's price return, ret(IWM):\n")[1];
    expect(table?.split('\n').slice(0, 5)).toEqual([
      'after                 n      mean    median  positive     worst',
      '5 sessions            9    +0.31%    -0.24%       56%    -5.64%   too few to rely on',
      '  all sessions    6,440    +0.18%    +0.33%       55%   -24.00%',
      '252 sessions          0         -         -         -         -   too few to rely on',
      '  all sessions    6,193    +8.35%    +8.44%       67%   -48.80%',
    ]);
    expect(
      joined(
        renderMessage({ ...STREAK, baseRate: STREAK.baseRate.map((line) => ({ ...line, n: 10 })) }).email,
      ),
    ).not.toContain('too few');
  });

  it('lists evidence on both sides, the definition, inputs, the version and what would end it', () => {
    for (const part of [
      'For: The Federal Reserve keeps cutting.',
      'Against (not so at present): Every one of the Magnificent Seven is down.',
      'No data: The discount is near its widest.',
      'Condition: streak(ret(IWM) > ret(SPY)) >= 7',
      'IWM (iShares Russell 2000 ETF) stands for the Russell 2000',
      'Returns are price returns: dividends are not counted.',
      'Rule small-cap-streak, version 1f9c373d.',
      "The first session on which IWM's daily price return is at or below SPY's.",
      'As known at the close of Monday 12 January 2026.',
      'Read from CSV files.',
      'IWM.close: of the session itself.',
    ]) {
      expect(body).toContain(part);
    }
  });
});

describe('each kind of alert', () => {
  it('has a first sentence of its own', () => {
    const first = (email: string): string => email.slice(0, 60);
    const kinds: readonly AlertKind[] = [
      'fired',
      'updated',
      'resolved',
      'correction',
      'blind',
      'recovered',
      'reminder',
    ];
    expect(new Set(kinds.map((kind) => first(withKind(kind)))).size).toBe(kinds.length);
  });

  it('says that it was already true, and since when', () => {
    expect(withKind('fired', { alreadyTrue: true, episodeStart: '2026-01-09', duration: 2 })).toContain(
      'it has been so since Friday 9 January 2026, 2 sessions by now.',
    );
  });

  it('says why an episode ended or went on', () => {
    expect(withKind('resolved', { reason: 'rule deleted' })).toMatch(
      /^No longer so: .* after 1 session because the rule was deleted\./,
    );
    expect(withKind('updated', { reason: 'rule changed' })).toContain('The rule was changed');
  });

  it('gives the current value, the duration and the peak when it ends', () => {
    const email = withKind('resolved', { value: 0, peak: 14, duration: 8, margin: null });
    expect(email).toMatch(/ended on Monday 12 January 2026 after 8 sessions\./);
    expect(email).toContain('The run is broken, and the longest it went in the episode is 14 sessions.');
  });

  it('corrects a session by its date, in either direction', () => {
    const corrects = '2026-01-08';
    expect(withKind('correction', { corrects, correctedFiring: false })).toMatch(
      /^Correction for Thursday 8 January 2026: .* was not so on that session, although/,
    );
    expect(withKind('correction', { corrects, correctedFiring: true })).toMatch(
      /was so on that session, which was not/,
    );
  });

  it('names what is missing when it is blind, and where the rule stands', () => {
    const inputs = [{ input: 'IWM.close', asOf: '2026-01-08', status: 'missing' as const, coverage: null }];
    const email = withKind('blind', { inputs, value: null });
    expect(email).toContain('cannot be judged because data is missing (IWM.close).');
    expect(email).toContain('As last judged, it has been so since Monday 12 January 2026; that stands');
    expect(withKind('blind', { inputs, episodeStart: null })).toContain('As last judged, it is not so;');
  });

  it('says that it comes late', () => {
    expect(withKind('fired', { late: true })).toContain('this message comes late');
  });
});
