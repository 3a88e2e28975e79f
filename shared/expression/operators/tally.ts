import {
  ABREAST,
  ANY,
  type Ordering,
  tallyCodes,
  tallyComparison,
  tallyLevels,
  tallyOf,
  WHOLE,
} from '../kernels/tallies.ts';
import type { Column, Membership } from '../../series/snapshot.ts';
import type { PlanNode } from '../plan/node.ts';
import { type Evaluation, input, type Operator } from './evaluation.ts';
import { readerOf } from './leaves.ts';
import { eachMember, eachStretch, membersOf } from './membership.ts';
import { type Levels, levelsOf } from './since.ts';

/** Adds the members of a universe on [from, to) to the tallies. */
type Count = (node: PlanNode, evaluation: Evaluation, tallies: Int32Array, from: number, to: number) => void;

/**
 * How many members are true and how many false on each session, in one number: one pass over the members serves
 * count, share, all and any. A comparison is counted as it is made; its codes would only be read once.
 */
export const tally: Operator = (node, slot, evaluation, from, to) => {
  const tallies = new Int32Array(to);
  const condition = input(node, 0);
  const ways = isOrdering(condition.operator)
    ? ofComparison(condition, condition.operator, evaluation)
    : null;
  (ways ?? countCodes)(node, evaluation, tallies, from, to);
  for (let index = from; index < to; index += 1) slot.numbers[index] = tallies[index] ?? 0;
};

function isOrdering(operator: string): operator is Ordering {
  return operator === '>' || operator === '<' || operator === '>=' || operator === '<=';
}

const countCodes: Count = (node, evaluation, tallies, from, to) => {
  const condition = input(node, 0);
  eachMember(membersOf(node.name, evaluation), evaluation, from, to, (first, last) => {
    tallyCodes(evaluation.codes(condition, first, last), tallies, first, last);
  });
};

/** Columns of the snapshot that are compared with levels are there at once and can be counted abreast. */
function ofComparison(condition: PlanNode, operator: Ordering, evaluation: Evaluation): Count {
  const [left, right] = [input(condition, 0), input(condition, 1)];
  const read = readerOf(left);
  const levels = levelsOf(right, evaluation);
  if (read === undefined || levels === null) return countComparison(left, right, operator);
  return ({ name }, { snapshot }, tallies, from, to) => {
    const { membership } = membersOf(name, evaluation);
    const columnOf = (member: string): Column => read(left, snapshot, member);
    if (to - from === 1) countSession(operator, { membership, columnOf, levels }, tallies, from);
    else countSessions(operator, { membership, columnOf, levels }, tallies, from, to);
  };
}

/** The members of a universe, the column of each, and what it is compared with. */
interface Compared {
  readonly membership: Membership;
  readonly columnOf: (member: string) => Column;
  readonly levels: Levels;
}

function countSessions(
  operator: Ordering,
  { membership, columnOf, levels }: Compared,
  tallies: Int32Array,
  from: number,
  to: number,
): void {
  const abreast = countAbreast(operator, tallies, from, to);
  membership.members.forEach((member, position) => {
    const column = columnOf(member);
    eachStretch(membership, position, from, to, (first, last) => {
      // Who belongs before being listed is compared as no data there; hardly anybody does.
      const isListed = first >= column.first;
      const values = isListed ? column.listed : column.values;
      const compared = { values, isWhole: isListed && column.isWhole };
      levels.each(column, first, last, (level, begin, end) => abreast.add(compared, level, begin, end));
    });
  });
  abreast.finish();
}

/** One session, as each evening has: nothing is compiled yet then, so that what counts is to do little for a member. */
function countSession(
  operator: Ordering,
  { membership, columnOf, levels }: Compared,
  tallies: Int32Array,
  session: number,
): void {
  const { members, on, size } = membership;
  const levelOf = levels.on(session);
  for (let position = 0; position < members.length; position += 1) {
    if (on[position * size.length + session] !== 1) continue;
    const column = columnOf(members[position]!);
    if (session < column.first) continue;
    tallies[session]! += tallyOf(operator, column.listed[session]!, levelOf(column));
  }
}

function countComparison(left: PlanNode, right: PlanNode, operator: Ordering): Count {
  return (node, evaluation, tallies, from, to) => {
    eachMember(membersOf(node.name, evaluation), evaluation, from, to, (first, last) => {
      const a = evaluation.numbers(left, first, last);
      tallyComparison(operator, a, evaluation.numbers(right, first, last), tallies, first, last);
    });
  };
}

/** Columns that wait for others with the same stretch, to be counted in one pass. */
interface Waiting {
  /** Whether all that wait have a value on every session of the stretch. */
  isWhole: boolean;
  readonly columns: Float64Array[];
  readonly levels: Float64Array;
  count: number;
  to: number;
}

/** A column, and whether it has a value on every session it is compared on. */
interface Compare {
  readonly values: Float64Array;
  readonly isWhole: boolean;
}

/** Collects columns, each with its level on a stretch of [from, to), and counts those with the same stretch abreast. */
function countAbreast(operator: Ordering, tallies: Int32Array, from: number, to: number) {
  const waiting = new Array<Waiting | undefined>(to - from);
  const run = (group: Waiting, begin: number): void => {
    // What is left of columns that were counted before has no level, and so counts nothing.
    group.levels.fill(Number.NaN, group.count);
    const isWhole = group.isWhole && group.count === ABREAST;
    group.count = 0;
    group.isWhole = true;
    tallyLevels(isWhole ? WHOLE : ANY, operator, group, tallies, begin, group.to);
  };
  return {
    add({ values, isWhole }: Compare, level: number, begin: number, end: number): void {
      // Nothing compares with a base that is not there.
      if (Number.isNaN(level)) return;
      const group = (waiting[begin - from] ??= emptyGroup(values, end));
      if (group.to !== end) {
        run(group, begin);
        group.to = end;
      }
      group.columns[group.count] = values;
      group.isWhole &&= isWhole;
      group.levels[group.count] = level;
      group.count += 1;
      if (group.count === ABREAST) run(group, begin);
    },
    finish(): void {
      waiting.forEach((group, index) => {
        if (group !== undefined && group.count > 0) run(group, from + index);
      });
    },
  };
}

function emptyGroup(column: Float64Array, to: number): Waiting {
  return {
    isWhole: true,
    columns: Array.from({ length: ABREAST }, () => column),
    levels: new Float64Array(ABREAST),
    count: 0,
    to,
  };
}
