import type { Expression } from './ast.ts';
import { type Context, innerSpan, nameSpan, refuse } from './context.ts';
import { display, mistake } from './finding.ts';
import { didYouMean, quotedIfNeeded } from './names.ts';
import { nearest } from './suggest.ts';

/** What a name-like argument may name, and how it is called in messages. */
export interface NameSpace {
  readonly word: 'universe' | 'portfolio' | 'rule';
  readonly names: ReadonlyMap<string, unknown> | ReadonlySet<string>;
}

/** Tells an error unless an argument is a name of the wanted sort, without a field. */
export function requireNamed(expression: Expression, space: NameSpace, context: Context): void {
  const { word, names } = space;
  if (expression.kind !== 'name') {
    if (word === 'rule') requireQuotes(expression, names, context);
    else refuse(expression, context.infer(expression, context), context, `the name of a ${word}`);
    return;
  }
  const known = names.has(expression.name);
  if (expression.name === '' || (known && expression.field === null)) return;
  const span = nameSpan(context.source, expression);
  if (known) {
    const whole = innerSpan(context.source, expression);
    const message = `expected the name of a ${word} alone, found a field after it`;
    context.findings.push(mistake('wrong-type', whole, message, { from: span.to, to: whole.to, text: '' }));
    return;
  }
  if (context.scope.market.instruments.has(expression.name)) {
    refuse(expression, { kind: 'instrument' }, context, `the name of a ${word}`);
    return;
  }
  const meant = nearest(expression.name, names.keys());
  const text = meant === null ? '' : word === 'rule' ? `"${meant}"` : quotedIfNeeded(meant);
  const edits = meant === null ? [] : [{ ...span, text }];
  const message = `expected the name of a ${word}, found ${display(expression.name)}${didYouMean(meant)}`;
  context.findings.push(mistake(`unknown-${word}`, span, message, ...edits));
}

/** `firing(small-cap-streak)` reads as subtractions; what is meant is the id in quotes. */
function requireQuotes(expression: Expression, rules: NameSpace['names'], context: Context): void {
  const span = innerSpan(context.source, expression);
  const text = context.source.slice(span.from, span.to);
  const meant = rules.has(text) ? text : nearest(text, rules.keys());
  const edits = meant === null ? [] : [{ ...span, text: `"${meant}"` }];
  const message = `expected the id of a rule in double quotes, found ${display(text)}`;
  context.findings.push(mistake('wrong-type', span, message, ...edits));
}
