import * as kernels from '../kernels/elementwise.ts';
import * as logic from '../kernels/logic.ts';
import { runLoop } from '../kernels/loop.ts';
import { input, type Operator } from './evaluation.ts';
import { constantOf } from './leaves.ts';

type OfOne = (x: Float64Array, out: Float64Array, from: number, to: number) => void;
type OfTwo = (a: Float64Array, b: Float64Array, out: Float64Array, from: number, to: number) => void;
type OfCodes = (a: Uint8Array, b: Uint8Array, out: Uint8Array, from: number, to: number) => void;

function ofOne(kernel: OfOne): Operator {
  return (node, slot, evaluation, from, to) => {
    kernel(evaluation.numbers(input(node, 0), from, to), slot.numbers, from, to);
  };
}

function ofTwo(kernel: OfTwo): Operator {
  return (node, slot, evaluation, from, to) => {
    const a = evaluation.numbers(input(node, 0), from, to);
    const b = evaluation.numbers(input(node, 1), from, to);
    runLoop(kernel, a, b, slot.numbers, from, to);
  };
}

function ofCodes(kernel: OfCodes): Operator {
  return (node, slot, evaluation, from, to) => {
    const a = evaluation.codes(input(node, 0), from, to);
    const b = evaluation.codes(input(node, 1), from, to);
    kernel(a, b, slot.codes, from, to);
  };
}

function comparing(operator: Parameters<typeof kernels.compare>[0]): Operator {
  return (node, slot, evaluation, from, to) => {
    const right = input(node, 1);
    const a = evaluation.numbers(input(node, 0), from, to);
    if (right.operator === 'constant') {
      return kernels.compareLevel(operator, a, constantOf(right), slot.codes, from, to);
    }
    kernels.compare(operator, a, evaluation.numbers(right, from, to), slot.codes, from, to);
  };
}

/** a / b, and 1 − a / b, where both are above 0; no data elsewhere. */
function ofPositive(decide: (a: number, b: number) => number): Operator {
  return ofTwo((a, b, out, from, to) => {
    for (let index = from; index < to; index += 1) {
      const [x, y] = [a[index] as number, b[index] as number];
      const value = x > 0 && y > 0 ? decide(x, y) : Number.NaN;
      out[index] = value + (value - value); // infinity becomes NaN
    }
  });
}

const not: Operator = (node, slot, evaluation, from, to) => {
  logic.not(evaluation.codes(input(node, 0), from, to), slot.codes, from, to);
};

/** How many conditions are true; no data counts as not true. */
const votes: Operator = (node, slot, evaluation, from, to) => {
  slot.numbers.fill(0, from, to);
  for (const condition of node.inputs) {
    const codes = evaluation.codes(condition, from, to);
    for (let index = from; index < to; index += 1) {
      slot.numbers[index] = (slot.numbers[index] as number) + ((codes[index] as number) & 1);
    }
  }
};

/** Operators that look at one session at a time. */
export const elementwiseOperators: ReadonlyMap<string, Operator> = new Map([
  ['+', ofTwo(kernels.add)],
  ['-', ofTwo(kernels.subtract)],
  ['*', ofTwo(kernels.multiply)],
  ['/', ofTwo(kernels.divide)],
  ['min', ofTwo(kernels.min)],
  ['max', ofTwo(kernels.max)],
  ['ratio', ofPositive((a, b) => a / b)],
  ['discount', ofPositive((a, b) => 1 - a / b)],
  ['negate', ofOne(kernels.negate)],
  ['abs', ofOne(kernels.abs)],
  ['log', ofOne(kernels.log)],
  ...(['<', '<=', '>', '>=', '==', '!='] as const).map((operator): [string, Operator] => [
    operator,
    comparing(operator),
  ]),
  ['and', ofCodes(logic.and)],
  ['or', ofCodes(logic.or)],
  ['not', not],
  ['votes', votes],
]);
