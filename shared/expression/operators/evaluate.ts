import type { Snapshot } from '../../series/snapshot.ts';
import type { FiringOf } from '../engine.ts';
import type { PlanNode } from '../plan/node.ts';
import type { Evaluation, Operator, Slot } from './evaluation.ts';
import { type Columns, createColumns } from './columns.ts';
import { hasNoBreaks } from './leaves.ts';
import { periodsOf } from './periods.ts';
import { operators } from './table.ts';

const NO_NUMBERS = new Float64Array(0);
const NO_CODES = new Uint8Array(0);

/** What was computed so far: nodes that are the same for every member, and those of the member bound now. */
interface Computed {
  readonly shared: Map<PlanNode, Slot>;
  readonly columns: Columns;
  ofMember: Map<PlanNode, Slot>;
  member: string;
}

/** Values for the caller: its to read for as long as it likes, and as operators see them otherwise. */
export type Results = Pick<Evaluation, 'numbers' | 'codes'>;

/**
 * Starts an evaluation of plan nodes over a snapshot.
 *
 * It pulls: a node computes what is asked of it and asks its inputs for what that needs, so that the value of one
 * session costs its windows only. What was computed stays, and is extended when more is asked for; only columns that
 * nothing but the expression they were made for has read are used again after a while.
 */
export function createEvaluation(snapshot: Snapshot, firingOf: FiringOf): Results {
  const shared = new Map<PlanNode, Slot>();
  const columns = createColumns(snapshot.length, (node) => shared.delete(node));
  const computed: Computed = { shared, columns, ofMember: new Map(), member: '' };
  const evaluation: Evaluation = {
    snapshot,
    firingOf,
    periods: periodsOf(snapshot),
    get member() {
      return computed.member;
    },
    numbers: (node, from, to) => ensure(node, computed, evaluation, from, to).numbers,
    codes: (node, from, to) => ensure(node, computed, evaluation, from, to).codes,
    breaks: (node) => breaksOf(node, computed, evaluation),
    eachMember: (members, visit) => eachMember(members, computed, visit),
  };
  const result = (node: PlanNode, from: number, to: number): Slot =>
    columns.during(() => {
      const slot = ensure(node, computed, evaluation, from, to);
      columns.keep(node);
      return slot;
    });
  return {
    numbers: (node, from, to) => result(node, from, to).numbers,
    codes: (node, from, to) => result(node, from, to).codes,
  };
}

function slotOf(node: PlanNode, computed: Computed): Slot {
  const slots = node.ofMember ? computed.ofMember : computed.shared;
  const known = slots.get(node);
  if (known !== undefined) {
    if (!node.ofMember) computed.columns.read(node);
    return known;
  }
  const slot = emptySlot(node, computed.columns);
  slots.set(node, slot);
  if (!node.ofMember && hasColumn(node)) computed.columns.made(node, slot.numbers);
  return slot;
}

function ensure(node: PlanNode, computed: Computed, evaluation: Evaluation, from: number, to: number): Slot {
  const slot = slotOf(node, computed);
  if (from >= slot.from && to <= slot.to) return slot;
  if (slot.from === slot.to) {
    compute(node, slot, evaluation, from, to);
    return slot;
  }
  if (from < slot.from) compute(node, slot, evaluation, from, slot.from);
  if (to > slot.to) compute(node, slot, evaluation, slot.to, to);
  return slot;
}

function compute(node: PlanNode, slot: Slot, evaluation: Evaluation, from: number, to: number): void {
  const isFirst = slot.from === slot.to;
  operatorOf(node)(node, slot, evaluation, from, to);
  if (isFirst && slot.from === slot.to) {
    slot.from = from;
    slot.to = to;
    return;
  }
  slot.from = Math.min(from, slot.from);
  slot.to = Math.max(to, slot.to);
}

function breaksOf(node: PlanNode, computed: Computed, evaluation: Evaluation): readonly number[] {
  const { length } = evaluation.snapshot;
  const slot = slotOf(node, computed);
  if (slot.breaks !== null) return slot.breaks;
  if (node.inputs.length === 0) ensure(node, computed, evaluation, 0, Math.min(1, length));
  slot.breaks ??= hasNoBreaks(node)
    ? []
    : merged(node.inputs.map((one) => breaksOf(one, computed, evaluation)));
  return slot.breaks;
}

function eachMember(members: Iterable<string>, computed: Computed, visit: (position: number) => void): void {
  const outer = { ofMember: computed.ofMember, member: computed.member };
  computed.ofMember = new Map();
  let position = 0;
  for (const member of members) {
    computed.member = member;
    for (const slot of computed.ofMember.values()) forget(slot);
    visit(position);
    position += 1;
  }
  for (const [node, slot] of computed.ofMember) if (hasColumn(node)) computed.columns.give(slot.numbers);
  Object.assign(computed, outer);
}

/** Whether a node's numbers are written by its operator: not codes, nor the snapshot's own array. */
function hasColumn(node: PlanNode): boolean {
  return node.output === 'number' && !adopts(node);
}

function adopts(node: PlanNode): boolean {
  return node.inputs.length === 0 && /series|member|firing/.test(node.operator);
}

function emptySlot(node: PlanNode, columns: Columns): Slot {
  const writesCodes = node.output === 'condition' && !adopts(node);
  return {
    numbers: hasColumn(node) ? columns.take() : NO_NUMBERS,
    codes: writesCodes ? columns.takeCodes() : NO_CODES,
    from: 0,
    to: 0,
    breaks: null,
  };
}

function forget(slot: Slot): void {
  slot.from = 0;
  slot.to = 0;
  slot.breaks = null;
}

function operatorOf(node: PlanNode): Operator {
  const operator = operators.get(node.operator);
  if (operator === undefined)
    throw new Error(`the plan has an operator ${node.operator} that nothing computes`);
  return operator;
}

function merged(lists: readonly (readonly number[])[]): readonly number[] {
  const broken = lists.filter((list) => list.length > 0);
  if (broken.length <= 1) return broken[0] ?? [];
  return [...new Set(broken.flat())].sort((a, b) => a - b);
}
