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

/** Starts an empty plan. */
export function createIntern(): Intern {
  const known = new Map<string, PlanNode>();
  return (specification) => {
    const { operator, inputs = [], parameter = 0, name = '', output = 'number' } = specification;
    let key = parameter === 0 ? operator : `${operator}#${parameter}`;
    for (const input of inputs) key += `,${input.id}`;
    if (name !== '') key += `|${name}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const ofMember = specification.ofMember ?? inputs.some((input) => input.ofMember);
    const node: PlanNode = { id: known.size, operator, inputs, parameter, name, output, ofMember };
    known.set(key, node);
    return node;
  };
}
