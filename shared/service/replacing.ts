import type { RuleDefinition } from './rule-book.ts';

/** A rule that speaks instead of another one. */
type Copy = Pick<RuleDefinition, 'id' | 'state' | 'savedAt' | 'replaces'>;

/**
 * Which enabled copy speaks instead of each rule; a rule that speaks for itself is left out. A copy of a copy speaks for
 * the first one too, whatever became of the one between. In a circle the one saved last speaks.
 */
export function speakersInstead(definitions: readonly Copy[]): ReadonlyMap<string, string> {
  const byId = new Map(definitions.map((one) => [one.id, one]));
  const reached = new Map(definitions.map((one) => [one.id, replacedBy(one, byId)]));
  const mutes = (copy: Copy, rule: Copy): boolean => {
    if (copy.state !== 'enabled' || copy.id === rule.id || !reached.get(copy.id)?.has(rule.id)) return false;
    return !reached.get(rule.id)?.has(copy.id) || isLater(copy, rule);
  };
  const copies = definitions.filter(({ replaces }) => replaces !== undefined);
  const muted = new Map(
    definitions.map((rule) => [rule.id, copies.filter((copy) => mutes(copy, rule))] as const),
  );
  return new Map(
    [...muted].flatMap(([id, found]) => {
      const speaker = found.find((copy) => muted.get(copy.id)?.length === 0) ?? found[0];
      return speaker === undefined ? [] : [[id, speaker.id] as const];
    }),
  );
}

/** Every rule that a copy stands for, by way of other copies too. */
function replacedBy(copy: Copy, byId: ReadonlyMap<string, Copy>): ReadonlySet<string> {
  const found = new Set<string>();
  for (let next = copy.replaces; next !== undefined && !found.has(next); next = byId.get(next)?.replaces) {
    found.add(next);
  }
  return found;
}

/** The rules that a rule stands for, by way of other copies too; none where it is no copy. */
export function originalsOf(id: string, definitions: readonly Copy[]): readonly string[] {
  const byId = new Map(definitions.map((one) => [one.id, one]));
  const own = byId.get(id);
  return own === undefined ? [] : [...replacedBy(own, byId)].filter((one) => one !== id);
}

function isLater(one: Copy, other: Copy): boolean {
  return one.savedAt === other.savedAt ? one.id > other.id : one.savedAt > other.savedAt;
}

/** Whether a rule may be recorded as a copy of another one: that is there, and does not stand for the copy itself. */
export function mayReplace(copy: string, replaced: string, definitions: readonly Copy[]): boolean {
  const byId = new Map(definitions.map((one) => [one.id, one]));
  const target = byId.get(replaced);
  if (target === undefined || target.state === 'deleted' || replaced === copy) return false;
  return !replacedBy(target, byId).has(copy);
}

/**
 * The enabled copy that speaks already for a rule that another copy stands for, so that both would say the same; null where
 * there is none. Copies of each other are no such pair: the later one speaks for the earlier.
 */
export function rivalOf(copy: Copy, definitions: readonly Copy[]): string | null {
  const others = definitions.filter(({ id }) => id !== copy.id);
  const byId = new Map([...others, copy].map((one) => [one.id, one]));
  const own = replacedBy(copy, byId);
  const rival = others.find((one) => {
    if (one.state !== 'enabled' || own.has(one.id)) return false;
    const reached = replacedBy(one, byId);
    return !reached.has(copy.id) && [...own].some((original) => reached.has(original));
  });
  return rival?.id ?? null;
}
