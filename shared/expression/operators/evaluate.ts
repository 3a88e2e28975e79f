import type { Snapshot } from '../../series/snapshot.ts';
import type { FiringOf } from '../engine.ts';
import type { PlanNode } from '../plan/node.ts';
import type { Evaluation, Operator, Slot } from './evaluation.ts';
import { hasNoBreaks } from './leaves.ts';
import { periodsOf } from './periods.ts';
import { operators } from './table.ts';

const NO_NUMBERS = new Float64Array(0);
const NO_CODES = new Uint8Array(0);

/** What was computed so far: nodes that are the same for every member, and those of the member bound now. */
interface Computed {
  readonly shared: Map<PlanNode, Slot>;
  ofMember: Map<PlanNode, Slot>;
  member: string;
}

/**
 * Starts an evaluation of plan nodes over a snapshot.
 *
 * It pulls: a node computes what is asked of it and asks its inputs for what that needs, so that the value of one
 * session costs its windows only. What was computed stays, and is extended when more is asked for.
 */
export function createEvaluation(snapshot: Snapshot, firingOf: FiringOf): Evaluation {
  const computed: Computed = { shared: new Map(), ofMember: new Map(), member: '' };
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
  return evaluation;
}

function slotOf(node: PlanNode, computed: Computed, length: number): Slot {
  const slots = node.ofMember ? computed.ofMember : computed.shared;
  const known = slots.get(node);
  if (known !== undefined) return known;
  const slot = emptySlot(node, length);
  slots.set(node, slot);
  return slot;
}

function ensure(node: PlanNode, computed: Computed, evaluation: Evaluation, from: number, to: number): Slot {
  const slot = slotOf(node, computed, evaluation.snapshot.length);
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
  const slot = slotOf(node, computed, length);
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
  Object.assign(computed, outer);
}

function emptySlot(node: PlanNode, length: number): Slot {
  const isCondition = node.output === 'condition';
  const isLeaf = node.inputs.length === 0 && node.operator !== 'constant';
  const adopts = isLeaf && /series|member|firing/.test(node.operator);
  return {
    numbers: isCondition || adopts ? NO_NUMBERS : new Float64Array(length),
    codes: isCondition && !adopts ? new Uint8Array(length) : NO_CODES,
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
