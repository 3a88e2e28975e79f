import type { Column, Snapshot } from '../../series/snapshot.ts';
import type { PlanNode } from '../plan/node.ts';
import type { Operator, Slot } from './evaluation.ts';

const NOWHERE: readonly number[] = [];

/** Finds the column a leaf reads: the snapshot's own, whole and unwritten; `member` is the instrument bound to it. */
type Read = (node: PlanNode, snapshot: Snapshot, member: string) => Column;

const READS: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['series', (node, snapshot) => snapshot.canonical(node.name)],
  ['latest series', (node, snapshot) => snapshot.latest(node.name)],
  ['member', (node, snapshot, member) => snapshot.canonical(`${member}.${node.name}`)],
  ['latest member', (node, snapshot, member) => snapshot.latest(`${member}.${node.name}`)],
]);

/** What reads the column of a node that is a column of the snapshot; undefined for all others. */
export function readerOf(node: PlanNode): Read | undefined {
  return READS.get(node.operator);
}

function adopting(read: Read): Operator {
  return (node, slot, { snapshot, member }) => {
    const column = read(node, snapshot, member);
    slot.numbers = column.values;
    slot.breaks = column.breaks;
    take(slot, snapshot.length);
  };
}

function take(slot: Slot, length: number): void {
  slot.from = 0;
  slot.to = length;
}

/** A constant's value; NaN for one that is not finite. */
export function constantOf({ parameter }: PlanNode): number {
  return Number.isFinite(parameter) ? parameter : Number.NaN;
}

const constant: Operator = (node, slot, { snapshot }) => {
  slot.numbers.fill(constantOf(node));
  slot.breaks = NOWHERE;
  take(slot, snapshot.length);
};

const month: Operator = (_node, slot, { periods }, from, to) => {
  const { monthKey } = periods.perSession;
  for (let index = from; index < to; index += 1) {
    slot.numbers[index] = ((monthKey[index] ?? 0) % 12) + 1;
  }
};

const sessionOfYear: Operator = (_node, slot, { periods }, from, to) => {
  const { ofYear } = periods.perSession;
  for (let index = from; index < to; index += 1) {
    slot.numbers[index] = ofYear[index] ?? 0;
  }
};

const firing: Operator = (node, slot, { firingOf, snapshot }) => {
  slot.codes = firingOf(node.name);
  slot.breaks = NOWHERE;
  take(slot, snapshot.length);
};

/**
 * The share of a portfolio's value held in members of a universe: holdings in the basis of the portfolio's date, so
 * later splits multiply them. No data where a close is missing or a break lies between the session and that date.
 */
const weight: Operator = (node, slot, evaluation, from, to) => {
  const [portfolioId = '', universe = ''] = node.name.split(' ');
  const { snapshot } = evaluation;
  const portfolio = snapshot.market.portfolios.get(portfolioId);
  const membership = snapshot.membership(universe);
  const total = new Float64Array(to - from);
  const held = new Float64Array(to - from);
  for (const [holding, shares] of [...(portfolio?.holdings ?? [])].sort(byName)) {
    const values = holdingValues(snapshot, holding, shares, portfolio?.asOf ?? '');
    const position = membership.members.indexOf(holding);
    for (let index = from; index < to; index += 1) {
      const value = values[index] ?? Number.NaN;
      total[index - from] = (total[index - from] ?? 0) + value;
      const belongs = position >= 0 && membership.on[position * snapshot.length + index] === 1;
      if (belongs) held[index - from] = (held[index - from] ?? 0) + value;
    }
  }
  for (let index = from; index < to; index += 1) {
    const share = (held[index - from] ?? 0) / (total[index - from] ?? 0);
    slot.numbers[index] = Number.isFinite(share) ? share : Number.NaN;
  }
};

function byName([a]: readonly [string, number], [b]: readonly [string, number]): number {
  return a < b ? -1 : 1;
}

function holdingValues(snapshot: Snapshot, holding: string, shares: number, asOf: string): Float64Array {
  const { values, breaks } = snapshot.canonical(`${holding}.close`);
  const anchor = snapshot.calendar.onOrBefore(asOf) - snapshot.origin;
  const factors = snapshot.splitFactor(holding);
  const factor = anchor < 0 ? 1 : (factors[Math.min(anchor, snapshot.length - 1)] ?? 1);
  const earliest = breaks.findLast((index) => index <= anchor) ?? 0;
  const beyond = breaks.find((index) => index > anchor) ?? snapshot.length;
  return values.map((close, index) =>
    index >= earliest && index < beyond ? (shares / factor) * close : Number.NaN,
  );
}

/** Operators that read data rather than other nodes. */
export const leafOperators: ReadonlyMap<string, Operator> = new Map([
  ...[...READS].map(([operator, read]): [string, Operator] => [operator, adopting(read)]),
  ['constant', constant],
  ['month', month],
  ['session_of_year', sessionOfYear],
  ['firing', firing],
  ['weight', weight],
]);

/** Whether a node's breaks are its own and not those of its inputs. */
export function hasNoBreaks(node: PlanNode): boolean {
  return node.operator === 'votes' || node.operator === 'tally' || node.operator.endsWith(' of members');
}
