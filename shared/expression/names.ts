import type { Field, FieldUnit, Instrument } from '../series/market.ts';
import type { NameNode } from './ast.ts';
import { type Context, type Inferred, nameSpan, numberOf, UNKNOWN } from './context.ts';
import { display, type Edit, mistake } from './finding.ts';
import { needsQuotes } from './format.ts';
import { FUNCTIONS } from './functions.ts';
import { nearest } from './suggest.ts';
import type { Unit } from './types.ts';

/** What instruments are compared by where no field is named. */
const DEFAULT_FIELD = 'close';
/** Fields that every priced instrument has, so that members of a dated universe have them too. */
const PRICED_FIELDS: ReadonlyMap<string, Unit> = new Map<string, Unit>([
  ['close', 'price'],
  ['volume', 'number'],
  ['split', 'number'],
  ['total_return', 'price'],
]);

/** The type of a name in the place of a value. */
export function inferName(node: NameNode, context: Context): Inferred {
  const { market } = context.scope;
  if (node.name === '') return UNKNOWN;
  if (node.name === 'member' && !node.quoted) return inferMember(node, context);
  const instrument = market.instruments.get(node.name);
  if (instrument !== undefined) return inferField(node, instrument, context);
  const kind = market.universes.has(node.name)
    ? 'universe'
    : market.portfolios.has(node.name)
      ? 'portfolio'
      : null;
  if (kind === null) return unknownInstrument(node, context);
  if (node.field === null) return { kind };
  const message = `expected an instrument before ${display(`.${node.field}`)}, found the ${kind} ${display(node.name)}`;
  context.findings.push(mistake('wrong-type', nameSpan(context.source, node), message));
  return UNKNOWN;
}

/** The unit that a field's values have inside expressions, where percent and basis points are ratios. */
export function insideUnit(unit: FieldUnit): Unit {
  return unit === 'percent' || unit === 'bp' ? 'ratio' : unit;
}

function inferField(node: NameNode, instrument: Instrument, context: Context): Inferred {
  const field = instrument.fields.get(node.field ?? DEFAULT_FIELD);
  return field === undefined
    ? unknownField(node, instrument.fields, display(node.name), context)
    : numberOf(insideUnit(field.unit));
}

function inferMember(node: NameNode, context: Context): Inferred {
  if (context.member === null) {
    const message =
      'expected an instrument, found `member`, which has a meaning only inside `count(U, …)` and its like';
    context.findings.push(mistake('member-outside', nameSpan(context.source, node), message));
    return UNKNOWN;
  }
  const { universe } = context.member;
  const name = node.field ?? DEFAULT_FIELD;
  const priced = PRICED_FIELDS.get(name);
  if (priced !== undefined) return numberOf(priced);
  if (universe === null) return UNKNOWN;
  const instruments = universe.members ?? [...context.scope.market.instruments.keys()];
  const fields = new Map<string, Pick<Field, 'unit'>>(
    [...PRICED_FIELDS].map(([key, unit]) => [key, { unit } as Pick<Field, 'unit'>]),
  );
  for (const id of instruments) {
    for (const [key, field] of context.scope.market.instruments.get(id)?.fields ?? []) fields.set(key, field);
  }
  const field = fields.get(name);
  if (field !== undefined) return numberOf(insideUnit(field.unit));
  return unknownField(node, fields, `a member of ${display(universe.id)}`, context);
}

function unknownField(
  node: NameNode,
  fields: ReadonlyMap<string, unknown>,
  owner: string,
  context: Context,
): Inferred {
  const known = [...fields.keys()].sort();
  const span = nameSpan(context.source, node);
  const only = node.field === null && known.length === 1 ? known : [];
  const meant = node.field === null ? (only[0] ?? null) : nearest(node.field, known);
  const list = known.length === 0 ? 'none' : known.slice(0, 8).map(display).join(', ');
  const found =
    node.field === null ? `none named, and it has no ${display(DEFAULT_FIELD)}` : display(node.field);
  const place =
    node.field === null
      ? span
      : { from: fieldStart(context.source, node), to: fieldStart(context.source, node) + node.field.length };
  const edit: Edit[] =
    meant === null
      ? []
      : node.field === null
        ? [{ from: span.to, to: span.to, text: `.${meant}` }]
        : [{ ...place, text: meant }];
  const message = `expected a field of ${owner} (${list}), found ${found}${didYouMean(meant)}`;
  context.findings.push(mistake('unknown-field', place, message, ...edit));
  return UNKNOWN;
}

function fieldStart(source: string, node: NameNode): number {
  const dot = source.indexOf('.', nameSpan(source, node).to);
  const skipped = /^\s*/.exec(source.slice(dot + 1))?.[0].length ?? 0;
  return dot + 1 + skipped;
}

function unknownInstrument(node: NameNode, context: Context): Inferred {
  const { source, scope } = context;
  const span = nameSpan(source, node);
  const meant = instrumentMeant(node, context);
  const edits: Edit[] = meant === null ? [] : [{ from: span.from, to: meant.to, text: meant.text }];
  const message = `expected an instrument, found ${display(node.name)}, which is not declared${didYouMean(meant?.name ?? null)}`;
  const callable = FUNCTIONS.get(node.name)?.signatures.some(({ parameters }) => parameters.length === 0);
  if (callable === true && !scope.market.instruments.has(node.name)) {
    const call = `expected an instrument, found the function ${display(node.name)} without its parentheses`;
    context.findings.push(
      mistake('unknown-instrument', span, call, { from: span.to, to: span.to, text: '()' }),
    );
  } else {
    context.findings.push(mistake('unknown-instrument', span, message, ...edits));
  }
  return UNKNOWN;
}

interface Meant {
  readonly name: string;
  readonly text: string;
  /** Where the text to replace ends. */
  readonly to: number;
}

/** The instrument that a name nearly is: `BRK.B` without quotes, `"IWM.close"` with too many, or a misspelling. */
function instrumentMeant(node: NameNode, { scope, source }: Context): Meant | null {
  const { instruments } = scope.market;
  const span = nameSpan(source, node);
  const joined = `${node.name}.${node.field ?? ''}`;
  if (node.field !== null && instruments.has(joined)) {
    return { name: joined, text: quotedIfNeeded(joined), to: fieldStart(source, node) + node.field.length };
  }
  const dot = node.name.lastIndexOf('.');
  const before = node.name.slice(0, dot);
  if (dot > 0 && node.field === null && instruments.has(before)) {
    return { name: node.name, text: `${quotedIfNeeded(before)}${node.name.slice(dot)}`, to: span.to };
  }
  const field = node.field ?? DEFAULT_FIELD;
  const withField = [...instruments].filter(([, { fields }]) => fields.has(field)).map(([id]) => id);
  const name = nearest(node.name, withField) ?? nearest(node.name, instruments.keys());
  return name === null ? null : { name, text: quotedIfNeeded(name), to: span.to };
}

/** A name as an author must write it. */
export function quotedIfNeeded(name: string): string {
  return needsQuotes(name) ? `"${name}"` : name;
}

/** The end of a message that has a suggestion. */
export function didYouMean(name: string | null): string {
  return name === null ? '' : `; did you mean ${display(name)}?`;
}
