import { describe, expect, it } from 'vitest';
import { parseFred } from '../../../adapters/providers/fred/parse.ts';
import { parseFredgraph } from '../../../adapters/providers/fredgraph/parse.ts';
import { parseNyFed } from '../../../adapters/providers/nyfed/parse.ts';
import {
  bytes,
  fredAnswer,
  fredRecorded,
  fredgraphRecorded,
  nyFedRates,
  nyFedRecorded,
} from '../../replicas/bodies.ts';
import { asked, reasons, told } from './context.ts';

describe('FRED', () => {
  it('takes an error in XML for a fault with the request, and another page for a wall', () => {
    const kind = (body: string) => parseFred(bytes(body), asked({ status: 400 })).kind;
    expect(kind('<error code="400" message="Bad Request."/>')).toBe('schema');
    expect(kind('<?xml version="1.0"?><error code="400" message="Variable api_key is not set."/>')).toBe(
      'auth',
    );
    expect(kind('<html>Denied</html>')).toBe('blocked');
  });

  it('gives the bound that was asked for', () => {
    expect(told(parseFred(fredRecorded, asked({ symbols: ['DFEDTARU'] })))).toEqual([
      'FED.target_upper 2026-09-18 4',
    ]);
    expect(told(parseFred(fredRecorded, asked({ symbols: ['FED.target_lower'] })))).toEqual([
      'FED.target_lower 2026-09-18 4',
    ]);
    expect(parseFred(fredRecorded, asked({ symbols: ['DFF'] }))).toMatchObject({
      kind: 'schema',
      accepted: [],
    });
  });

  it.each(['.', '', ' ', 'NaN', '1e2', '0x10', null, 4, '-0.25', '400'])('takes %j for no value', (value) => {
    const body = fredAnswer([
      { date: '2026-09-16', value: '3.75' },
      { date: '2026-09-17', value },
    ]);
    const answer = parseFred(body, asked({ symbols: ['DFEDTARU'] }));
    expect(told(answer)).toEqual(['FED.target_upper 2026-09-16 3.75']);
    expect(answer.refused).toHaveLength(1);
  });

  it('refuses a rate of a day to come, and any unit but the level', () => {
    const now = Date.UTC(2026, 8, 18, 3);
    const early = parseFred(fredRecorded, asked({ symbols: ['DFEDTARU'], now }));
    expect(early).toMatchObject({ kind: 'not_yet', accepted: [], refused: [{ reason: 'future' }] });
    const change = fredAnswer([{ date: '2026-09-17', value: '0.25' }], { units: 'chg' });
    expect(parseFred(change, asked({ symbols: ['DFEDTARU'] }))).toMatchObject({
      kind: 'schema',
      accepted: [],
    });
  });

  it('takes neither of two values of one date', () => {
    const body = fredAnswer([
      { date: '2026-09-17', value: '3.75' },
      { date: '2026-09-17', value: '4.00' },
    ]);
    expect(parseFred(body, asked())).toMatchObject({ kind: 'schema', accepted: [] });
  });
});

describe('fredgraph', () => {
  it('gives both bounds, weekends included, by the names of the columns', () => {
    expect(told(parseFredgraph(fredgraphRecorded, asked()))).toEqual([
      'FED.target_upper 2026-09-16 3.75',
      'FED.target_lower 2026-09-16 3.5',
      'FED.target_upper 2026-09-17 4',
      'FED.target_lower 2026-09-17 3.75',
    ]);
    const other = bytes('DATE,DFEDTARL,DFEDTARU\r\n2026-09-19,3.75,4.0000\r\n');
    expect(told(parseFredgraph(other, asked()))).toEqual([
      'FED.target_lower 2026-09-19 3.75',
      'FED.target_upper 2026-09-19 4',
    ]);
  });

  it('takes an empty field and a dot for no value, and a zero that is written for one', () => {
    const body = bytes('observation_date,DFEDTARU,DFEDTARL\n2008-12-16,,0.00\n2008-12-17,.,0.00\n');
    const answer = parseFredgraph(body, asked());
    expect(told(answer)).toEqual(['FED.target_lower 2008-12-16 0', 'FED.target_lower 2008-12-17 0']);
    expect(reasons(answer)).toEqual(['missing', 'missing']);
  });

  it('takes nothing from a line that is cut short', () => {
    const cut = (line: string) =>
      told(
        parseFredgraph(bytes(`observation_date,DFEDTARU,DFEDTARL\n2026-09-16,3.75,3.50\n${line}`), asked()),
      ).slice(2);
    expect(cut('2026-09-17,4.00,3.7')).toEqual(['FED.target_upper 2026-09-17 4']);
    expect(cut('2026-09-17,4.00')).toEqual([]);
    expect(cut('2026-09-17,4.00,')).toEqual(['FED.target_upper 2026-09-17 4']);
    expect(cut('2026-09-17,4.00,3.75')).toHaveLength(2);
  });

  it('takes neither bound of a day on which they stand the wrong way round', () => {
    const body = bytes(
      'observation_date,DFEDTARU,DFEDTARL\n2026-09-16,3.75,3.50\n2026-09-17,3.50,3.75\n2026-09-18,4.00,4.00\n',
    );
    const answer = parseFredgraph(body, asked());
    expect(told(answer)).toEqual([
      'FED.target_upper 2026-09-16 3.75',
      'FED.target_lower 2026-09-16 3.5',
      'FED.target_upper 2026-09-18 4',
      'FED.target_lower 2026-09-18 4',
    ]);
    expect(reasons(answer)).toEqual(['out_of_range', 'out_of_range']);
    const alone = bytes('observation_date,DFEDTARU,DFEDTARL\n2026-09-17,3.50,3.75\n');
    expect(parseFredgraph(alone, asked())).toMatchObject({ kind: 'schema', accepted: [] });
  });

  it('refuses a table without the series', () => {
    const body = bytes('observation_date,DFF\n2026-09-16,3.63\n');
    expect(parseFredgraph(body, asked())).toMatchObject({ kind: 'schema', accepted: [] });
    const upper = bytes('observation_date,DFEDTARU\n2026-09-16,3.75\n');
    expect(parseFredgraph(upper, asked({ symbols: ['DFEDTARL'] })).kind).toBe('schema');
  });
});

describe('the New York Fed', () => {
  it('gives the range that stood on the effective date', () => {
    expect(told(parseNyFed(nyFedRecorded, asked()))).toEqual([
      'FED.target_upper 2026-08-05 3.75',
      'FED.target_lower 2026-08-05 3.5',
    ]);
  });

  it('takes a point target for no bound, and the target of another rate for none of its business', () => {
    const point = nyFedRates({
      effectiveDate: '2008-12-15',
      type: 'EFFR',
      percentRate: 0.18,
      targetRateFrom: 1,
    });
    expect(parseNyFed(point, asked())).toMatchObject({ kind: 'missing_day', accepted: [] });
    const other = nyFedRates({
      effectiveDate: '2026-08-05',
      type: 'SOFR',
      percentRate: 3.65,
      targetRateTo: 3.75,
    });
    expect(parseNyFed(other, asked())).toMatchObject({ kind: 'schema', accepted: [] });
  });

  it('takes neither bound where they stand the wrong way round, nor a lower one alone', () => {
    const rates = (targetRateFrom: unknown, targetRateTo: unknown) =>
      nyFedRates({ effectiveDate: '2026-08-05', type: 'EFFR', targetRateFrom, targetRateTo });
    expect(parseNyFed(rates(3.75, 3.5), asked()).accepted).toEqual([]);
    expect(parseNyFed(rates(3.5, null), asked()).accepted).toEqual([]);
    expect(parseNyFed(rates(3.5, '3.75'), asked()).accepted).toEqual([]);
  });
});
