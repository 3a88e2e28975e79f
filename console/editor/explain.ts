import type { Span } from '../../shared/expression/ast.ts';
import { REFERENCE } from '../../shared/expression/reference.ts';
import { KEYWORDS } from '../../shared/expression/reference/keywords.ts';
import type { Scope } from '../../shared/expression/scope.ts';
import { showSignature } from '../../shared/expression/signature.ts';
import type { Token } from '../../shared/expression/token.ts';
import { tokenize } from '../../shared/expression/tokenize.ts';
import { type OpenCall, placeAt } from './place.ts';

/** What is said of a word of an expression. */
export interface Explanation extends Span {
  readonly title: string;
  readonly lines: readonly string[];
}

/** What the word at an offset means; null where there is none that needs explaining. */
export function explanationAt(source: string, offset: number, scope: Scope): Explanation | null {
  const tokens = tokenize(source).tokens;
  const index = tokens.findIndex(({ from, to, type }) => type !== 'end' && from <= offset && offset < to);
  const token = tokens[index];
  if (token === undefined) return null;
  const said = keyword(token) ?? functionText(token, tokens[index + 1]) ?? nameText(tokens, index, scope);
  return said === null ? null : { from: token.from, to: token.to, ...said };
}

type Said = Omit<Explanation, 'from' | 'to'>;

function keyword({ text, type }: Token): Said | null {
  const found = type === 'quoted' ? undefined : KEYWORDS.find(({ name }) => name === text);
  return found === undefined ? null : { title: found.name, lines: [found.summary, found.definition] };
}

function functionText(token: Token, next: Token | undefined): Said | null {
  if (token.type !== 'name' || next?.type !== '(') return null;
  const found = REFERENCE.find(({ name }) => name === token.text);
  if (found === undefined) return null;
  const title = found.signatures.map((form) => showSignature(found.name, form)).join('  or  ');
  return { title, lines: [found.summary, found.definition, found.units, found.noData] };
}

function nameText(tokens: readonly Token[], index: number, { market, rules }: Scope): Said | null {
  const token = tokens[index];
  if (token === undefined || (token.type !== 'name' && token.type !== 'quoted')) return null;
  const owner = tokens[index - 1]?.type === '.' ? tokens[index - 2] : undefined;
  if (owner !== undefined) return fieldText(owner.text, token.text, market);
  const instrument = market.instruments.get(token.text);
  if (instrument !== undefined) {
    const stands = instrument.standsFor === null ? [] : [`Stands for ${instrument.standsFor}.`];
    return { title: `${token.text}: ${instrument.name}`, lines: [...stands, fieldList(instrument)] };
  }
  const universe = market.universes.get(token.text);
  if (universe !== undefined) {
    const share = `${Math.round(universe.coverage * 1000) / 10}%`;
    return { title: `${token.text}: ${universe.name}`, lines: [`Needs a value of ${share} of its members.`] };
  }
  if (market.portfolios.has(token.text)) return { title: token.text, lines: ['A portfolio.'] };
  return rules.has(token.text) ? { title: token.text, lines: ['Another rule.'] } : null;
}

type Market = Scope['market'];

function fieldText(owner: string, name: string, market: Market): Said | null {
  const field = market.instruments.get(owner)?.fields.get(name);
  if (field === undefined) return null;
  return { title: `${owner}.${name}`, lines: [`${KINDS[field.kind]} Unit: ${field.unit}.`] };
}

const KINDS = {
  price: 'One value per session.',
  level: 'Carries forward until it is replaced.',
  event: 'Has a value only on its own date.',
} as const;

function fieldList({ fields }: { readonly fields: ReadonlyMap<string, unknown> }): string {
  return `Fields: ${[...fields.keys()].join(', ')}.`;
}

/** The form of the call around a place, cut where the argument that is being written stands. */
export interface Hint {
  readonly from: number;
  readonly before: string;
  readonly argument: string;
  readonly after: string;
  readonly about: string;
}

/** What the innermost open call takes at a place; null outside every call and in one that is unknown. */
export function hintAt(source: string, offset: number): Hint | null {
  const call = placeAt(source, offset).calls.findLast(({ name }) => name !== '');
  return call === undefined ? null : hintOf(call);
}

function hintOf(call: OpenCall): Hint | null {
  const found = REFERENCE.find(({ name }) => name === call.name);
  const form =
    found?.signatures.find(
      ({ parameters, repeats }) => repeats === 'last' || call.argument < parameters.length,
    ) ?? found?.signatures[0];
  if (found === undefined || form === undefined) return null;
  const shown = showSignature(found.name, form);
  const pieces = shown.slice(found.name.length + 1, -1).split(', ');
  const at = Math.min(call.argument, pieces.length - 1);
  const argument = pieces[at] ?? '';
  const lead = pieces
    .slice(0, at)
    .map((piece) => `${piece}, `)
    .join('');
  const rest = pieces
    .slice(at + 1)
    .map((piece) => `, ${piece}`)
    .join('');
  return {
    from: call.from,
    before: `${found.name}(${lead}`,
    argument,
    after: `${rest})`,
    about: found.summary,
  };
}
