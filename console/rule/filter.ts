import type { Answer } from '../../shared/api/routes.ts';

/** A rule as the list shows it. */
export type RuleLine = Answer<'rules'>['rules'][number];

/** What a reader asked the list for; it is kept in the address. */
export interface Wanted {
  readonly state: string;
  readonly text: string;
}

/** The states that a list is asked for, in the order they are shown. */
export const STATES = ['firing', 'pending', 'inactive', 'broken', 'disabled'] as const;

/** What the query of an address asks for; what it does not know asks for everything. */
export function wantedFrom(query: Readonly<Record<string, string>>): Wanted {
  const state = STATES.find((known) => known === query['state']) ?? '';
  return { state, text: query['text'] ?? '' };
}

/** The address of a list that is asked for something. */
export function addressOf({ state, text }: Wanted): string {
  const query = new URLSearchParams();
  if (state !== '') query.set('state', state);
  if (text !== '') query.set('text', text);
  return query.size === 0 ? '/rules' : `/rules?${query}`;
}

/** Whether a rule's words hold every word of a text, whatever its case: id, title, tags, and what it says. */
function saysAll(rule: RuleLine, text: string): boolean {
  const said = [rule.id, rule.title, rule.words, ...rule.tags].join(' ').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => said.includes(word));
}

/** The rules that were asked for, those that say something now first, otherwise in the order given. */
export function listed(rules: readonly RuleLine[], { state, text }: Wanted): readonly RuleLine[] {
  const order = (rule: RuleLine): number => STATES.indexOf(rule.standing.state);
  return rules
    .filter((rule) => (state === '' || rule.standing.state === state) && saysAll(rule, text))
    .map((rule, index) => ({ rule, index }))
    .sort((a, b) => order(a.rule) - order(b.rule) || a.index - b.index)
    .map(({ rule }) => rule);
}

/** How many of the rules that hold the text are in each state. */
export function counts(rules: readonly RuleLine[], text: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const rule of rules.filter((one) => saysAll(one, text))) {
    found.set(rule.standing.state, (found.get(rule.standing.state) ?? 0) + 1);
  }
  return found;
}
