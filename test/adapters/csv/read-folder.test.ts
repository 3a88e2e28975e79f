import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFolder } from '../../../adapters/csv/read-folder.ts';
import { market } from '../../series/ground.ts';
import { days, emptyFolder, folderOf, read, readingOf, refusedOf, rowsOf } from './folder.ts';

const GOOD = ['A.close 2026-01-02 10', 'A.close 2026-01-05 11'];

describe('a folder of CSV files', () => {
  it('is read in both shapes', () => {
    const reading = read({
      'A.csv': 'date,close,volume\n2026-01-02,10,5\n2026-01-05,11,\n',
      'others.csv': 'symbol,date,close,upper\nB,2026-01-02,20,\nRATE,2026-01-03,,3.75\n',
    });
    expect(rowsOf(reading)).toEqual([
      ...GOOD,
      'A.volume 2026-01-02 5',
      'B.close 2026-01-02 20',
      'RATE.upper 2026-01-03 3.75',
    ]);
    expect([reading.refusals, reading.undeclared]).toEqual([[], []]);
  });

  it.each([
    ['a byte order mark and CRLF', '\uFEFFdate,close\r\n2026-01-02,10\r\n2026-01-05,11\r\n'],
    ['CR alone', 'date,close\r2026-01-02,10\r2026-01-05,11'],
    ['blank lines and spaces around cells', '\n date , close \n\n 2026-01-02 ,\t10 \n   \n2026-01-05,11'],
    ['quotes', '"date","close"\n"2026-01-02","10"\n2026-01-05,"11"\n'],
    ['columns in another order', 'close,date\n10,2026-01-02\n11,2026-01-05\n'],
    ['rows in another order', 'date,close\n2026-01-05,11\n2026-01-02,10\n'],
    ['exponents', 'date,close\n2026-01-02,1e1\n2026-01-05,1.1E+1\n'],
    ['trailing commas', 'date,close,\n2026-01-02,10,\n2026-01-05,11,,\n'],
    ['rows of empty cells', 'date,close\n2026-01-02,10\n,\n2026-01-05,11\n'],
  ])('is read with %s', (_, text) => {
    const reading = read({ 'A.csv': text });
    expect([rowsOf(reading).toSorted(), refusedOf(reading)]).toEqual([GOOD, []]);
  });

  it.each([
    'NaN',
    'Infinity',
    '1e999',
    '0x10',
    '1_000',
    '"1,000"',
    '$5',
    '-3',
    '0',
    '-0',
    'n/a',
    '1.2.3',
    '١٢',
  ])('refuses the price %s and keeps the rest', (cell) => {
    const reading = read({
      'A.csv': `date,close,volume\n2026-01-02,10,\n2026-01-05,11,\n2026-01-06,${cell},7\n`,
    });
    expect(refusedOf(reading)).toEqual(['A.csv:4 close']);
    expect(rowsOf(reading)).toEqual([...GOOD, 'A.volume 2026-01-06 7']);
  });

  it.each([
    '2026-02-30',
    '2026/01/02',
    '1/2/2026',
    '20260102',
    '1979-12-31',
    '2028-01-03',
    '2026-1-2',
    'today',
    '',
  ])('refuses the date "%s" and keeps the rest', (date) => {
    const reading = read({ 'A.csv': `date,close,volume\n2026-01-02,10,\n${date},9,9\n2026-01-05,11,\n` });
    expect([refusedOf(reading), rowsOf(reading)]).toEqual([['A.csv:3 date'], GOOD]);
  });

  it('refuses each price dated on no session, and keeps a level dated so', () => {
    const reading = read({
      'A.csv': 'date,close,volume,split\n2026-01-03,1,2,3\n2026-01-01,1,,\n',
      'RATE.csv': 'date,upper\n2026-01-03,-0.25\n',
      'MEETING.csv': 'date,change_bp\n2026-01-04,0\n',
    });
    expect(refusedOf(reading)).toEqual(['A.csv:2 close', 'A.csv:2 volume', 'A.csv:2 split', 'A.csv:3 close']);
    expect(reading.refusals[0]?.reason).toContain('2026-01-03 is no session');
    expect(rowsOf(reading)).toEqual(['MEETING.change_bp 2026-01-04 0', 'RATE.upper 2026-01-03 -0.25']);
  });

  it('takes a volume of zero, but none below, and no split that is not above zero', () => {
    const reading = read({ 'A.csv': 'date,volume,split\n2026-01-02,0,0\n2026-01-05,-1,0.5\n' });
    expect(refusedOf(reading)).toEqual(['A.csv:2 split', 'A.csv:3 volume']);
    expect(rowsOf(reading)).toEqual(['A.split 2026-01-05 0.5', 'A.volume 2026-01-02 0']);
  });

  it('tells an undeclared column once a file', () => {
    const reading = read({
      'A.csv': 'date,close,open,Volume\n2026-01-02,10,9,1\n2026-01-05,11,9,1\n',
      'long.csv':
        'date,symbol,close,upper,open\n2026-01-02,B,20,1,\n2026-01-05,B,20,1,\n2026-01-05,RATE,,1,\n',
    });
    expect(refusedOf(reading)).toEqual([
      'A.csv:1 open',
      'A.csv:1 Volume',
      'long.csv:1 upper',
      'long.csv:1 open',
    ]);
    expect(reading.refusals[1]?.reason).toContain('did you mean volume?');
    expect(rowsOf(reading)).toContain('RATE.upper 2026-01-05 1');
  });

  it('reads the first of two columns of one name', () => {
    const reading = read({ 'A.csv': 'date,close,close\n2026-01-02,10,99\n2026-01-05,11,99\n' });
    expect([refusedOf(reading), rowsOf(reading)]).toEqual([['A.csv:1 close'], GOOD]);
  });

  it('refuses the cells of a row with a comma too many, since they may have moved', () => {
    const reading = read({
      'A.csv': 'date,close,volume\n2026-01-02,10\n2026-01-05,11\n2026-01-06,1,000,7\n',
    });
    expect([refusedOf(reading), rowsOf(reading)]).toEqual([['A.csv:4 close', 'A.csv:4 volume'], GOOD]);
  });

  it('refuses a file without dates, an empty one and a folder in place of one, and reads the others', () => {
    const path = folderOf({
      'A.csv': 'date,close\n2026-01-02,10\n2026-01-05,11\n',
      'B.csv': 'Date,close\n2026-01-02,10\n',
      'empty.csv': '',
      'blank.csv': '\uFEFF\n\n',
      'header.csv': 'date,symbol,close\n',
      'notes.txt': 'no CSV',
    });
    mkdirSync(join(path, 'folder.csv'));
    const reading = readingOf(path);
    expect(refusedOf(reading)).toEqual(['B.csv:1 date', 'blank.csv:1', 'empty.csv:1', 'folder.csv:1']);
    expect(rowsOf(reading)).toEqual(GOOD);
  });

  it('loses only the line of a quote that is never closed', () => {
    const reading = read({
      'A.csv': 'date,close,volume\n2026-01-02,10,\n2026-01-06,"12,\n2026-01-05,11,\n2026-01-07,"13"x,\n',
    });
    expect(refusedOf(reading)).toEqual(['A.csv:3 close', 'A.csv:5 close']);
    expect(rowsOf(reading)).toEqual(GOOD);
  });

  it('counts physical lines, those within quotes included', () => {
    const reading = read({
      'A.csv': 'date,close,note\n2026-01-02,10,"two\r\nlines, ""quoted"""\n\n2026-01-05,x,\n',
    });
    expect(refusedOf(reading)).toEqual(['A.csv:1 note', 'A.csv:5 close']);
    expect(rowsOf(reading)).toEqual(['A.close 2026-01-02 10']);
  });

  it('keeps the good cells around bytes that are no UTF-8', () => {
    const bytes = Buffer.concat([
      Buffer.from('date,symbol,close\n2026-01-02,A,10\n2026-01-02,'),
      Buffer.from([0xff, 0xc3]),
      Buffer.from(',5\n2026-01-05,A,11\n'),
    ]);
    const reading = read({ 'x.csv': bytes });
    expect([refusedOf(reading), rowsOf(reading)]).toEqual([['x.csv:3 symbol'], GOOD]);
  });

  it('adds priced instruments nobody declared, and no others', () => {
    const reading = read({
      'NEW.csv': 'date,close\n2026-01-02,1\n',
      'PE.csv': 'date,forward_pe\n2026-01-02,1\n',
      'BOTH.csv': 'date,close\n2026-01-02,1\n',
      'long.csv':
        'date,symbol,close\n2026-01-02,^RUT,1\n2026-01-02,member,1\n2026-01-02,,1\n2026-01-02,DATED,1\n',
    });
    expect(reading.undeclared).toEqual(['NEW', '^RUT']);
    expect(reading.market.instruments.get('^RUT')?.fields.get('close')?.kind).toBe('price');
    expect(refusedOf(reading)).toEqual([
      'BOTH.csv:1',
      'PE.csv:1',
      'long.csv:3 symbol',
      'long.csv:4 symbol',
      'long.csv:5 symbol',
    ]);
  });

  it('reads when a row became known: an instant, or a date for the close of its session or the next', () => {
    const reading = read({
      'A.csv': [
        'date,known,close',
        '2026-01-02,,10',
        '2026-01-02,2026-01-03,11',
        '2026-01-02,2026-01-05T12:00:00-05:00,12',
        '2026-01-02,2026-01-05 18:30Z,13',
        '2026-01-02,yesterday,14',
        '2026-01-02,2026-01-05T12:00:00,15',
        '2026-01-02,2026-02-30T12:00:00Z,16',
        '2026-01-02,2026-01-05T24:00:00Z,17',
        '2026-01-02,2029-01-02,18',
      ].join('\n'),
    });
    expect(rowsOf(reading)).toEqual([
      'A.close 2026-01-02 10',
      'A.close 2026-01-02 11 @2026-01-05T21:00:00.000Z',
      'A.close 2026-01-02 12 @2026-01-05T17:00:00.000Z',
      'A.close 2026-01-02 13 @2026-01-05T18:30:00.000Z',
    ]);
    expect(refusedOf(reading)).toEqual([6, 7, 8, 9, 10].map((line) => `A.csv:${line} known`));
  });

  it('reads dated membership and prices its members', () => {
    const reading = read({
      'universes.csv': [
        'universe,symbol,from,to',
        'DATED,X,1957-03-04,',
        'DATED,RATE,,2026-01-05',
        'NONE,X,,',
        'BOTH,X,,',
        'DATED,DATED,,',
        'DATED,,,',
        'DATED,X,2026-01-05,2026-01-05',
        'DATED,X,soon,',
        'DATED,X,,2026-02-30',
        ',,,',
      ].join('\n'),
      'RATE.csv': 'date,close,upper\n2026-01-02,5,3\n',
    });
    expect(reading.memberships).toEqual([
      { universe: 'DATED', instrument: 'X', from: '1957-03-04', to: null },
      { universe: 'DATED', instrument: 'RATE', from: null, to: '2026-01-05' },
    ]);
    expect(refusedOf(reading)).toEqual([
      'universes.csv:4 universe',
      'universes.csv:5 universe',
      'universes.csv:6 symbol',
      'universes.csv:7 symbol',
      'universes.csv:8 to',
      'universes.csv:9 from',
      'universes.csv:10 to',
    ]);
    expect([rowsOf(reading), reading.undeclared]).toEqual([
      ['RATE.close 2026-01-02 5', 'RATE.upper 2026-01-02 3'],
      [],
    ]);
    expect(reading.market.instruments.has('X')).toBe(true);
  });

  it('fails only where there is no folder', () => {
    const missing = readFolder(join(emptyFolder(), 'missing'), market, days);
    expect(missing.ok ? [] : missing.errors.map(({ message }) => message)).toEqual([
      expect.stringContaining('there is none of that name'),
    ]);
    expect(rowsOf(read({}))).toEqual([]);
  });

  it('reads a file larger than a portion as if it were whole', () => {
    const sessions = Array.from({ length: 120_000 }, (_, index) => `2026-01-02,S${index % 7},${index + 1}`);
    const reading = read({ 'x.csv': `date,symbol,close\r\n${sessions.join('\r\n')}` });
    expect(reading.refusals).toEqual([]);
    expect(reading.series.reduce((sum, { rows }) => sum + rows.length, 0)).toBe(sessions.length);
  });

  it('never throws and never stores a bad value, whatever the text', () => {
    const piece = fc.constantFrom(
      'date',
      'close',
      'symbol',
      'known',
      '2026-01-02',
      '2026-01-03',
      'A',
      '1',
      '-1',
      ',',
      '\n',
      '"',
      '\r',
      ' ',
      'é',
    );
    const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (body) => {
        for (const { rows } of read({ 'A.csv': `date,close\n${body}`, 'b.csv': body }).series) {
          for (let index = 0; index < rows.length; index++) expect(rows.value(index)).toBeGreaterThan(0);
        }
      }),
      { numRuns: 150 },
    );
  });
});
