import { needsQuotes } from '../../shared/expression/format.ts';
import { FUNCTIONS } from '../../shared/expression/functions.ts';
import { REFERENCE } from '../../shared/expression/reference.ts';
import type { Scope } from '../../shared/expression/scope.ts';
import { showSignature } from '../../shared/expression/signature.ts';
import type { Token } from '../../shared/expression/token.ts';
import { afterOperand, insideMembers, kindsAt, type Place, placeAt } from './place.ts';

/** One thing that may stand at a place. */
export interface Offer {
  readonly label: string;
  readonly kind: 'function' | 'instrument' | 'field' | 'universe' | 'portfolio' | 'rule' | 'word';
  /** Beside the label: a signature, a name. */
  readonly detail: string;
  /** One line of explanation; empty where there is none. */
  readonly about: string;
  /** What is written, and how far from its start the cursor then stands. */
  readonly insert: string;
  readonly cursor: number;
  /** Higher comes first. */
  readonly boost: number;
}

/** What may stand at a place, and the piece of source it would replace. */
export interface Offers {
  readonly from: number;
  readonly to: number;
  readonly options: readonly Offer[];
}

/** Fields that members of a universe have, whatever else is declared. */
const PRICED_FIELDS = ['close', 'volume', 'total_return', 'split'];

/** What may stand at an offset; no options where nothing can be named there. */
export function offersAt(source: string, offset: number, scope: Scope): Offers {
  const place = placeAt(source, offset);
  const span = { from: place.word?.from ?? offset, to: place.word?.to ?? offset };
  return { ...span, options: optionsAt(place, scope, source) };
}

function optionsAt(place: Place, scope: Scope, source: string): readonly Offer[] {
  const call = place.calls.at(-1);
  const last = place.before.at(-1);
  if (last?.type === '.') return fieldsOf(place.before.at(-2), scope);
  const kinds = call === undefined ? new Set<string>() : kindsAt(call);
  if (kinds.has('rule')) return rules(scope, source, place);
  if (afterOperand(place.before)) return [word('and'), word('or')];
  if (kinds.has('portfolio')) return portfolios(scope);
  const universes = kinds.has('universe') ? universesOf(scope) : [];
  if (kinds.size > 0 && [...kinds].every((kind) => CLOSED.has(kind))) return universes;
  const members = insideMembers(place.calls) ? [member()] : [];
  return [...members, ...universes, ...instruments(scope), ...functions(), word('not')];
}

/** What takes neither instruments nor functions. */
const CLOSED: ReadonlySet<string> = new Set(['universe', 'window', 'date', 'portfolio', 'rule']);

function offer(kind: Offer['kind'], label: string, more: Partial<Offer>): Offer {
  const insert = more.insert ?? label;
  return {
    detail: '',
    about: '',
    boost: 0,
    ...more,
    kind,
    label,
    insert,
    cursor: more.cursor ?? insert.length,
  };
}

function functions(): readonly Offer[] {
  return REFERENCE.map(({ name, signatures, summary }) => {
    const empty = signatures.every(({ parameters }) => parameters.length === 0);
    return offer('function', name, {
      detail: signatures.map((form) => showSignature(name, form).slice(name.length)).join(' or '),
      about: summary,
      insert: `${name}()`,
      cursor: name.length + (empty ? 2 : 1),
    });
  });
}

function instruments({ market }: Scope): readonly Offer[] {
  return [...market.instruments.values()].map(({ id, name, standsFor, fields }) =>
    offer('instrument', id, {
      detail: name,
      about: standsFor === null ? `Fields: ${[...fields.keys()].join(', ')}.` : `Stands for ${standsFor}.`,
      insert: fields.has('close') ? written(id) : `${written(id)}.`,
      boost: 1,
    }),
  );
}

function universesOf({ market }: Scope): readonly Offer[] {
  return [...market.universes.values()].map(({ id, name }) =>
    offer('universe', id, { detail: name, insert: written(id), boost: 2 }),
  );
}

function portfolios({ market }: Scope): readonly Offer[] {
  return [...market.portfolios.keys()].map((id) => offer('portfolio', id, { insert: written(id) }));
}

function fieldsOf(owner: Token | undefined, { market }: Scope): readonly Offer[] {
  if (owner === undefined || (owner.type !== 'name' && owner.type !== 'quoted')) return [];
  if (owner.text === 'member') {
    const named = [...market.instruments.values()].flatMap(({ fields }) => [...fields.keys()]);
    return [...new Set([...PRICED_FIELDS, ...named])].map((name) => offer('field', name, {}));
  }
  const fields = market.instruments.get(owner.text)?.fields ?? new Map();
  return [...fields].map(([name, { kind, unit }]) => offer('field', name, { detail: `${kind}, ${unit}` }));
}

function rules(scope: Scope, source: string, { word: typed }: Place): readonly Offer[] {
  const open =
    typed !== null &&
    source.slice(typed.to).startsWith('"') &&
    !source.slice(typed.from, typed.to).endsWith('"');
  return [...scope.rules].map((id) => offer('rule', id, { insert: open ? `"${id}` : `"${id}"` }));
}

function member(): Offer {
  return offer('word', 'member', {
    about: 'The member of the universe that is being gone through.',
    boost: 3,
  });
}

function word(text: string): Offer {
  return offer('word', text, { insert: `${text} ` });
}

function written(name: string): string {
  return needsQuotes(name) || FUNCTIONS.has(name) ? `"${name}"` : name;
}
