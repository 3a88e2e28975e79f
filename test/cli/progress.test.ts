import { describe, expect, it } from 'vitest';
import { whileWorking } from '../../cli/progress.ts';
import { collectingOutput, contextWith } from './context.ts';

/** What standard error gets while work is done, and what is left after it. */
function progressOf(work: { terminal: boolean; long: boolean }): { during: string; after: string } {
  const err = { ...collectingOutput(), terminal: work.terminal };
  const during = whileWorking(contextWith({ err }), { text: 'reading closes', long: work.long }, () =>
    err.text(),
  );
  return { during, after: err.text() };
}

describe('progress', () => {
  it('says what is being done and takes it away after', () => {
    expect(progressOf({ terminal: true, long: true })).toEqual({
      during: 'reading closes …',
      after: 'reading closes …\r\u001B[K',
    });
  });

  it('says nothing of short work, or where standard error is no terminal', () => {
    expect(progressOf({ terminal: true, long: false }).after).toBe('');
    expect(progressOf({ terminal: false, long: true }).after).toBe('');
  });

  it('takes the line away when the work fails', () => {
    const err = { ...collectingOutput(), terminal: true };
    const fail = (): never => {
      throw new Error('no');
    };
    expect(() => whileWorking(contextWith({ err }), { text: 'x', long: true }, fail)).toThrow('no');
    expect(err.text().endsWith('\r\u001B[K')).toBe(true);
  });
});
