import { measured, type Printed } from '../alerts/message/numbers.ts';
import { round12 } from '../alerts/round.ts';
import { printedOf } from '../alerts/words.ts';
import type { Part } from '../api/rules.ts';
import { analyze } from '../expression/analyze.ts';
import type { Expression, NameNode } from '../expression/ast.ts';
import type { Engine } from '../expression/engine.ts';
import { inferWhole } from '../expression/infer.ts';
import { REFERENCE } from '../expression/reference.ts';
import type { Scope } from '../expression/scope.ts';
import { NO_DATA, TRUE, type ValueType } from '../expression/types.ts';
import { partsOf } from '../rules/walk.ts';

/** What an expression is explained with. */
export interface ExplainGround {
  readonly engine: Engine;
  /** The session whose values are told, by index. */
  readonly index: number;
  readonly scope: Scope;
}

interface Explaining extends ExplainGround {
  /** The canonical text, that spans are of. */
  readonly text: string;
}

const ABOUT: ReadonlyMap<string, string> = new Map(REFERENCE.map(({ name, summary }) => [name, summary]));
const OF_EACH = 'differs by member';

/**
 * Explains a canonical text part by part, each with its value on one session; what is no value of its own (a window, a
 * universe, a number as it is written) is no part. Null where the text has errors.
 */
export function explain(text: string, ground: ExplainGround): Part | null {
  const { expression } = analyze(text, ground.scope);
  return expression === null ? null : partOf(expression, { ...ground, text });
}

function partOf(node: Expression, explaining: Explaining): Part {
  const { from, to } = node;
  return {
    from,
    to,
    text: explaining.text.slice(from, to),
    ...valueOf(node, explaining),
    about: aboutOf(node, explaining.scope),
    parts: (node.kind === 'call' && node.name === 'firing' ? [] : partsOf(node))
      .filter((part) => hasValue(part, explaining.scope))
      .map((part) => partOf(part, explaining)),
  };
}

function hasValue(node: Expression, { market }: Scope): boolean {
  if (node.kind === 'number' || node.kind === 'date') return false;
  if (node.kind === 'unary') return node.operand.kind !== 'number';
  if (node.kind !== 'name') return true;
  return node.name === 'member' || market.instruments.has(node.name);
}

function valueOf(node: Expression, explaining: Explaining): Pick<Part, 'value' | 'valueText'> {
  if (isOfMember(node, explaining.scope)) return { value: null, valueText: OF_EACH };
  const { engine, index, scope, text } = explaining;
  const range = { from: index, to: index + 1 };
  const { type } = inferWhole(node, scope, text);
  if (type === null) return { value: null, valueText: 'no data' };
  if (type.kind === 'condition') {
    const code = engine.conditions(node, range)[index] ?? NO_DATA;
    const value = code === NO_DATA ? null : code === TRUE;
    return { value, valueText: value === null ? 'no data' : String(value) };
  }
  const value = round12(engine.numbers(node, range)[index] ?? null);
  return { value, valueText: measured({ definition: printedAs(node, type, scope) }, value) };
}

function printedAs(node: Expression, type: ValueType & { kind: 'number' }, { market }: Scope): Printed {
  return { measureUnit: type.unit, words: printedOf(node, market) };
}

/** Whether a part is computed for each member of the universe around it, and has no value of its own. */
function isOfMember(node: Expression, scope: Scope): boolean {
  if (node.kind === 'name') return node.name === 'member' && !node.quoted;
  const [first] = partsOf(node);
  // What is aggregated over a universe is one value again.
  if (node.kind === 'call' && first?.kind === 'name' && scope.market.universes.has(first.name)) return false;
  return partsOf(node).some((part) => isOfMember(part, scope));
}

function aboutOf(node: Expression, scope: Scope): string | null {
  if (node.kind === 'call') return ABOUT.get(node.name) ?? null;
  return node.kind === 'name' ? aboutName(node, scope) : null;
}

function aboutName(node: NameNode, { market }: Scope): string | null {
  const field = node.field ?? 'close';
  if (node.name === 'member') return `The ${field} of each member.`;
  const instrument = market.instruments.get(node.name);
  if (instrument === undefined) return null;
  const stands = instrument.standsFor === null ? '' : `, which stands for ${instrument.standsFor}`;
  return `The ${field} of ${instrument.name}${stands}.`;
}
