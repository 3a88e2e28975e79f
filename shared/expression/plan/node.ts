/**
 * One operation of a plan. Plans are directed graphs without circles in which equal operations are one node, so every
 * shared subexpression is computed once.
 */
export interface PlanNode {
  readonly id: number;
  readonly operator: string;
  readonly inputs: readonly PlanNode[];
  /** A window length, a rank k or a constant; 0 where the operator takes none. */
  readonly parameter: number;
  /** A series, universe, portfolio, rule, field or date; empty where the operator takes none. */
  readonly name: string;
  readonly output: 'number' | 'condition';
  /** Whether its value differs by `member`: it is then computed once for each member, in reused buffers. */
  readonly ofMember: boolean;
}

/** What tells one operation from another. */
export interface NodeSpecification {
  readonly operator: string;
  readonly inputs?: readonly PlanNode[];
  readonly parameter?: number;
  readonly name?: string;
  readonly output?: 'number' | 'condition';
  readonly ofMember?: boolean;
}

/** Makes nodes, and gives the one already made for an equal operation. */
export type Intern = (specification: NodeSpecification) => PlanNode;

/** More nodes than a plan can have: two of their ids make one number. */
const MOST_NODES = 2 ** 26;

/** Starts an empty plan. */
export function createIntern(): Intern {
  // By operator, then by what tells its operations apart: of most that is two inputs, and a number is found faster.
  const known = new Map<string, Map<string | number, PlanNode>>();
  let count = 0;
  return (specification) => {
    const { operator, inputs = [], parameter = 0, name = '', output = 'number' } = specification;
    let alike = known.get(operator);
    if (alike === undefined) known.set(operator, (alike = new Map()));
    const key = keyOf(inputs, parameter, name);
    const found = alike.get(key);
    if (found !== undefined) return found;
    const ofMember = specification.ofMember ?? inputs.some((input) => input.ofMember);
    const node: PlanNode = { id: count++, operator, inputs, parameter, name, output, ofMember };
    alike.set(key, node);
    return node;
  };
}

function keyOf(inputs: readonly PlanNode[], parameter: number, name: string): string | number {
  const [first, second] = inputs;
  if (inputs.length === 2 && parameter === 0 && name === '') return first!.id * MOST_NODES + second!.id;
  let key = `${parameter}`;
  for (const input of inputs) key += `,${input.id}`;
  return name === '' ? key : `${key}|${name}`;
}
