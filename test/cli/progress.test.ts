import { describe, expect, it } from 'vitest';
import type { Context } from '../../cli/context.ts';
import { startProgress } from '../../cli/progress.ts';
import { collectingOutput, packageFolder } from './context.ts';

/** What is written to standard error when steps happen at these moments, in milliseconds. */
function progressAt(moments: readonly number[], terminal: boolean): string {
  const err = { ...collectingOutput(), terminal };
  const clock = [0, ...moments];
  const context: Context = {
    out: collectingOutput(),
    err,
    input: (async function* () {})(),
    now: 0,
    elapsed: () => clock.shift() ?? 0,
    folder: packageFolder,
    packageFolder,
    version: '0',
  };
  const progress = startProgress(context);
  for (const moment of moments) progress.step(`at ${moment}`);
  progress.done();
  return err.text();
}

describe('progress', () => {
  it('says nothing of work that takes less than a second', () => {
    expect(progressAt([10, 500, 999], true)).toBe('');
  });

  it('says nothing where standard error is no terminal', () => {
    expect(progressAt([2_000, 3_000], false)).toBe('');
  });

  it('shows the step of the moment and takes it away at the end', () => {
    expect(progressAt([500, 1_500, 1_550, 2_000], true)).toBe('\r\u001B[Kat 1500\r\u001B[Kat 2000\r\u001B[K');
  });
});
