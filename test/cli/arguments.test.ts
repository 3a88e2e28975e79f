import { describe, expect, it } from 'vitest';
import { protectExpression } from '../../cli/arguments.ts';
import { createProgram } from '../../cli/program.ts';
import { contextWith } from './context.ts';

const program = createProgram(contextWith({}), () => {});
const protect = (...argv: string[]): string[] => protectExpression(argv, program);

describe('arguments of eval', () => {
  it('may start with a minus', () => {
    expect(protect('eval', '-ret(IWM)', '--data', 'd')).toEqual(['eval', '--data', 'd', '--', '-ret(IWM)']);
    expect(protect('eval', '--json', '-1')).toEqual(['eval', '--json', '--', '-1']);
    expect(protect('eval', '--1', '--json')).toEqual(['eval', '--json', '--', '--1']);
    expect(protect('eval', '-highest(IWM, 5)')).toEqual(['eval', '--', '-highest(IWM, 5)']);
    expect(protect('eval', '--IWM = 3')).toEqual(['eval', '--', '--IWM = 3']);
  });

  it('keep options, their values and standard input as they are', () => {
    const plain = ['eval', '-', '--data', '-odd', '--at=2026-01-12', '-h'];
    expect(protect(...plain)).toEqual(plain);
    expect(protect('eval', '--dta', 'x')).toEqual(['eval', '--dta', 'x']);
  });

  it('are left alone after a -- and for other verbs', () => {
    expect(protect('eval', '--', '-1', '--json')).toEqual(['eval', '--', '-1', '--json']);
    expect(protect('check', '-x')).toEqual(['check', '-x']);
  });
});
