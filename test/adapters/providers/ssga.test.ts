import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { parseSsga } from '../../../adapters/providers/ssga/parse.ts';
import { bytes } from '../../replicas/bodies.ts';
import { ssgaHoldings, ssgaPage } from '../../replicas/fund-bodies.ts';
import { asked, told } from './context.ts';

describe('holdings', () => {
  const spy = asked({ symbols: ['SPY'] });

  it('give the weight of the ten largest lines, and the members', () => {
    const answer = parseSsga(ssgaHoldings(), spy);
    expect(told(answer)).toEqual(['SP500.top10_weight 2026-06-05 37.962']);
    expect(answer.members).toMatchObject({ universe: 'SP500_MEMBERS', asOf: '2026-06-05' });
    expect(answer.members?.instruments).toHaveLength(504);
    expect(answer.members?.instruments).toContain('NVDA');
  });

  it.each([
    ['weights written as text', { weights: 'text' }],
    ['a line more before the header', { preamble: 1 }],
  ] as const)('survive %s', (_what, parts) => {
    expect(told(parseSsga(ssgaHoldings(parts), spy))).toEqual(['SP500.top10_weight 2026-06-05 37.962']);
  });

  it.each([
    ['a short file', { lines: 300 }],
    ['fractions for percent', { weights: 'fraction' }],
    ['a nought for the weight of one of the largest', { weightless: 'MSFT' }],
    ['a file that lacks the line of the largest', { without: 'NVDA' }],
    ['no date', { asOf: '-' }],
    ['a date that is none', { asOf: '31-Feb-2026' }],
    ['a date to come', { asOf: '05-Jun-2027' }],
    ['another fund', { ticker: 'MDY' }],
    ['a header that is renamed', { title: 'Symbol' }],
  ] as const)('refuse %s', (_what, parts) => {
    const { kind, accepted, members } = parseSsga(ssgaHoldings(parts), spy);
    expect(accepted).toEqual([]);
    expect(members).toBeUndefined();
    expect(['schema', 'not_yet']).toContain(kind);
  });

  it('of the other fund give members only', () => {
    const answer = parseSsga(ssgaHoldings({ ticker: 'SPSM', lines: 605 }), asked({ symbols: ['SPSM'] }));
    expect(answer).toMatchObject({ kind: 'ok', accepted: [], members: { universe: 'SP600_MEMBERS' } });
    expect(parseSsga(ssgaHoldings(), asked({ symbols: ['SPSM'] })).kind).toBe('schema');
  });

  it('refuse a file that is cut, is another archive, or would fill memory', () => {
    const whole = ssgaHoldings();
    expect(parseSsga(whole.slice(0, whole.length - 30), spy).kind).toBe('transient');
    expect(parseSsga(zipSync({ 'a.txt': bytes('a') }), spy).kind).toBe('schema');
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(21 * 1024 * 1024) });
    expect(parseSsga(bomb, spy).kind).toBe('schema');
  });
});

describe('what is neither a spreadsheet nor a page', () => {
  it.each(['Access denied', 'Sorry, we are busy,\ncome back later', '%PDF-1.7', 'Too Many Requests'])(
    'turns away: %j',
    (words) => {
      expect(parseSsga(bytes(words), asked())).toMatchObject({ kind: 'blocked', accepted: [] });
    },
  );

  it.each(['{"bars":{}}', '[]', 'observation_date,DFEDTARU\n2026-09-16,3.75\n'])(
    'is data of somebody else: %j',
    (words) => {
      expect(parseSsga(bytes(words), asked())).toMatchObject({ kind: 'schema', accepted: [] });
    },
  );
});

describe('a page', () => {
  const spsm = asked({ symbols: ['SPSM'] });

  it('gives the forward P/E of the index, not of the fund', () => {
    expect(told(parseSsga(ssgaPage(), spsm))).toEqual(['SP600.forward_pe 2026-08-27 15.12']);
    const spy = ssgaPage({ ticker: 'SPY', value: '21.58' });
    expect(told(parseSsga(spy, asked({ symbols: ['SPY'] })))).toEqual(['SP500.forward_pe 2026-08-27 21.58']);
  });

  it('is read with either spelling of its date', () => {
    const title = 'Index Characteristics <span class="date">as of 06 Aug 2026</span>';
    expect(told(parseSsga(ssgaPage({ title }), spsm))).toEqual(['SP600.forward_pe 2026-08-06 15.12']);
  });

  it.each([
    ['another ticker', { ticker: 'SPY' }, 'schema'],
    ['a ticker of no fund known here', { ticker: 'XYZ' }, 'schema'],
    ['no section on the index', { title: 'Fund Characteristics <span>as of Aug 27 2026</span>' }, 'schema'],
    ['no date', { title: 'Index Characteristics' }, 'schema'],
    ['a label that is renamed', { label: 'P/E FY1' }, 'schema'],
    ['a dash for the value', { value: '-' }, 'missing_day'],
    ['a value beyond any multiple', { value: '1512' }, 'schema'],
    ['a value below any multiple', { value: '0.15' }, 'schema'],
  ] as const)('with %s gives nothing', (_what, parts, kind) => {
    expect(parseSsga(ssgaPage(parts), spsm)).toMatchObject({ kind, accepted: [] });
  });

  it('that is cut within the figure gives nothing', () => {
    const whole = new TextDecoder().decode(ssgaPage());
    const cut = bytes(whole.slice(0, whole.indexOf('15.12') + 4));
    expect(parseSsga(cut, spsm)).toMatchObject({ kind: 'transient', accepted: [] });
  });

  it('that is cut anywhere gives nothing, however whole its figure is', () => {
    const whole = new TextDecoder().decode(ssgaPage());
    const figure = whole.indexOf('</td>', whole.indexOf('15.12'));
    for (let length = figure; length < whole.length; length += 1) {
      const answer = parseSsga(bytes(whole.slice(0, length)), spsm);
      expect(answer).toMatchObject({ kind: 'transient', accepted: [] });
    }
    const tidy = bytes(`${whole}\n<!-- served in 12 ms -->\n`);
    expect(told(parseSsga(tidy, spsm))).toEqual(['SP600.forward_pe 2026-08-27 15.12']);
  });

  it('may be a part without its frame, and leave elements open that need no end', () => {
    const whole = new TextDecoder().decode(ssgaPage());
    const part = whole.slice(whole.indexOf('<span class'), whole.indexOf('</body>'));
    expect(parseSsga(bytes(part), spsm).kind).toBe('ok');
    expect(
      parseSsga(bytes(whole.replace('</body>', '<p>Read <br> the prospectus<div></body>')), spsm).kind,
    ).toBe('ok');
  });
});
