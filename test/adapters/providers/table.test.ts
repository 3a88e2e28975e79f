import { expect, it } from 'vitest';
import { readTable } from '../../../adapters/providers/table.ts';

it.each(['\n', '\r\n', '\r'])('ends a row at %j, and leaves out rows without text', (end) => {
  expect(readTable(['a,b', '', ' , ', '1,', ''].join(end))).toEqual([
    ['a', 'b'],
    ['1', ''],
  ]);
});

it('takes the quotes from around a cell', () => {
  expect(readTable('"date","close"\n"2026-01-02","1.5"')).toEqual([
    ['date', 'close'],
    ['2026-01-02', '1.5'],
  ]);
});

it('leaves any other quote where it is, so that its cell is no figure', () => {
  expect(readTable('"1.5,"2"3,"')).toEqual([['"1.5', '"2"3', '"']]);
});

it('has no rows of an empty text', () => {
  expect(readTable('')).toEqual([]);
});
